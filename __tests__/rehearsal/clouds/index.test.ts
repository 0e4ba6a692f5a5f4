import { createClouds } from "../../../rehearsal/clouds";
import { createWorld, emptyClouds, goodSecret, SUBSCRIPTION } from "./world";

const now = new Date("2026-01-01T00:00:00Z");

test("new clouds leave nothing behind, though clusters exist in them", () => {
  const aks = { name: "aksdemo2", resourceGroup: "aks-rg2" };
  const clouds = createClouds({ now, clusters: [{ context: "aksdemo2", aks }] });
  expect(clouds.leftovers()).toEqual([]);
  expect(clouds.isEmpty()).toBe(true);
});

test("leftovers name everything that a deployment made", () => {
  const world = createWorld();
  const { clouds, registry, principal, cluster } = world;
  cluster.secrets.create(goodSecret(world));
  registry.tokens.set("cluster-1", { name: "cluster-1", scopeMapId: "", enabled: true, passwords: [] });
  clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "demo-vault", "centralus").setSecret("password", "x");
  expect(clouds.isEmpty()).toBe(false);
  expect(clouds.leftovers().map((id) => id.replace(/^.*\/(providers|resourceGroups)\//, ""))).toEqual([
    "acr-rg2",
    "Microsoft.ContainerRegistry/registries/acrdemo2ss",
    "Microsoft.KeyVault/vaults/demo-vault",
    expect.stringMatching(/^Microsoft.Authorization\/roleAssignments\//),
    expect.stringMatching(/registries\/acrdemo2ss\/tokens\/cluster-1$/),
    "https://demo-vault.vault.azure.net/secrets/password",
    expect.stringMatching(/^\/applications\//),
    `/servicePrincipals/${principal.objectId}`,
    "aksdemo2: secrets default/acr-secret",
  ]);
});

test("what is taken as given is no leftover", () => {
  const { clouds } = createWorld();
  clouds.takeAsGiven();
  expect(clouds.isEmpty()).toBe(true);
  clouds.arm.createGroup(SUBSCRIPTION, "new", "centralus");
  expect(clouds.leftovers()).toEqual([`/subscriptions/${SUBSCRIPTION}/resourceGroups/new`]);
});

test("every password is known for tests of leaks", () => {
  const { clouds, registry, password } = createWorld();
  expect(clouds.secrets()).toEqual([registry.adminPassword, password.secret]);
});

test("two runs are equal down to the passwords", () => {
  const [one, other] = [createWorld(), createWorld()];
  expect([one.clouds.secrets(), one.clouds.leftovers()]).toEqual([other.clouds.secrets(), other.clouds.leftovers()]);
});

test("an AKS cluster has a host, a certificate and an identity for its kubelets", () => {
  const aks = { name: "aksdemo2", resourceGroup: "aks-rg2" };
  const clouds = createClouds({ now, clusters: [{ context: "admin", aks }] });
  const [cluster] = clouds.arm.clusters.values();
  expect(cluster?.id).toBe(
    `/subscriptions/${SUBSCRIPTION}/resourceGroups/aks-rg2/providers/Microsoft.ContainerService/managedClusters/aksdemo2`,
  );
  expect(cluster?.host).toBe(clouds.clusters[0]?.host);
  expect(cluster?.host).toMatch(/^https:\/\/aksdemo2-dns-[0-9a-f]{8}\.hcp\.centralus\.azmk8s\.io:443$/);
  expect(Buffer.from(cluster?.caCertificate ?? "", "base64").toString()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  expect(clouds.entra.knows(cluster?.kubelet.objectId ?? "")).toBe(true);
});

test("the clock starts where it is told", () => {
  expect(emptyClouds().clock.now()).toEqual(now);
});

test("a cluster has nodes of the architectures that are asked for, amd64 where none is", () => {
  const clouds = createClouds({
    now: new Date("2026-01-01T00:00:00Z"),
    clusters: [{ context: "one" }, { context: "other", architectures: ["arm64", "amd64"], virtualNodes: true }],
  });
  const platforms = clouds.clusters.map(({ nodes }) => nodes.map(({ platform }) => platform));
  expect(platforms).toEqual([["linux/amd64"], ["linux/arm64", "linux/amd64", "linux/amd64"]]);
  expect(new Set(clouds.clusters[1]?.nodes.map(({ name }) => name)).size).toBe(3);
});
