import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const environment = (image: string) =>
  environmentFrom(`
registry: { name: shopregistry, resourceGroup: rg, existing: true }
images: { app: { repository: team/app, tag: 1.2.3, ${image} } }
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
workloads: { app: { image: app, clusters: [one], port: 8080 } }
`);
const HOST = "shopregistry.azurecr.io";
const NEW = `sha256:${"7".repeat(64)}`;

const failureOf = (deployed: Promise<unknown>) =>
  deployed.then(
    () => "",
    (error: unknown) => String(error),
  );

function rehearse(image = "") {
  const rehearsal = rehearsalOf({ environment: environment(image) });
  const [cluster] = rehearsal.clouds.clusters;
  const container = () => cluster?.deployments.get("default", "app")?.spec.template.spec.containers[0];
  const retag = () => {
    rehearsal.clouds.registries.push(HOST, "team/app", "1.2.3", NEW);
  };
  return { rehearsal, container, retag, digest: () => rehearsal.clouds.registries.digestOf(HOST, "team/app", "1.2.3") };
}

describeWithTools(["terraform"], "an image that somebody else pushes under a tag", () => {
  it("runs by the digest that is behind the tag, read without an engine", async () => {
    const { rehearsal, container, digest } = rehearse();
    rehearsal.clouds.docker.available = false;
    await rehearsal.deploy();
    expect(container()).toMatchObject({
      image: `${HOST}/team/app@${digest() ?? ""}`,
      imagePullPolicy: "IfNotPresent",
    });
  });

  it("shows as a change when the tag has moved, and not before", async () => {
    const { rehearsal, container, retag } = rehearse();
    await rehearsal.deploy();
    const before = container()?.image;
    retag();
    expect(container()?.image).toBe(before);
    await rehearsal.stack("-images").plan();
    await rehearsal.stack("-images").apply();
    const changes = await rehearsal.stack("-workload-one").plan();
    expect(changes.map(({ address, action }) => `${action} ${address}`)).toEqual([
      expect.stringMatching(/^update kubernetes_deployment_v1\.workloads_app_deployment_/),
    ]);
    await rehearsal.stack("-workload-one").apply();
    expect(container()?.image).toBe(`${HOST}/team/app@${NEW}`);
  });

  it("fails at the plan where the registry has no such tag, or does not let it read", async () => {
    const { rehearsal, digest } = rehearse();
    rehearsal.clouds.registries.deleteManifest(HOST, "team/app", digest() ?? "");
    await rehearsal.stack("-registry").init();
    await rehearsal.stack("-registry").plan();
    await rehearsal.stack("-registry").apply();
    expect(
      await failureOf(
        rehearsal
          .stack("-images")
          .init()
          .then(() => rehearsal.stack("-images").plan()),
      ),
    ).toMatch(
      /images: plan: .*Got error when attempting to fetch image version team\/app:1\.2\.3 from registry: Got bad response from registry: 404 Not Found/,
    );
  });

  it("with pin: false runs by its tag, which pods ask for at every start, and no stack asks for it", async () => {
    const { rehearsal, container, retag } = rehearse("pin: false");
    expect(rehearsal.stacks.map(({ name }) => name)).toEqual([
      "demo-registry",
      "demo-identity-one",
      "demo-workload-one",
    ]);
    await rehearsal.deploy();
    expect(container()).toMatchObject({ image: `${HOST}/team/app:1.2.3`, imagePullPolicy: "Always" });
    retag();
    await rehearsal.stack("-workload-one").assertNoChanges();
    rehearsal.clouds.clusters[0]?.restartContainers();
    expect(rehearsal.clouds.clusters[0]?.pulls.at(-1)).toMatchObject({ ok: true, digest: NEW });
  });
});
