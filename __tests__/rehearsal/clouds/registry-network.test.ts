import type { Way } from "../../../rehearsal/clouds/registry-network";
import type { RegistryRequest } from "../../../rehearsal/clouds/registry-object";
import { causeOf } from "../../../diagnosis";
import { createWorld, DIGEST, dockerConfig, HOST, IMAGE, pullSecret, registryRequest, REPOSITORY } from "./world";

const ALLOW = ["203.0.113.0/24", "198.51.100.7/32"];

/** What becomes of a pull from there, with a credential that is right. */
function pulled(request: Partial<RegistryRequest>, way: Way) {
  const { clouds, registry, principal, password } = createWorld();
  clouds.arm.updateRegistry(registry, registryRequest({ sku: "Premium", ...request }));
  const credentials = { username: principal.clientId, password: password.secret };
  const answer = clouds.registries.pull({
    loginServer: HOST,
    repository: REPOSITORY,
    reference: "v1",
    credentials,
    way,
  });
  return answer.ok ? "pulled" : [answer.fault, answer.reason];
}

const internet = (address?: string): Way => ({ privateEndpoint: false, ...(address !== undefined && { address }) });
const refused = (address: string) => [
  "forbidden",
  `client with IP '${address}' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`,
];

test.each<[string, Partial<RegistryRequest>, Way, unknown]>([
  ["everybody, where nothing is said", {}, internet(), "pulled"],
  ["an address that is listed", { allow: ALLOW }, internet("203.0.113.99"), "pulled"],
  ["the only address of its range", { allow: ALLOW }, internet("198.51.100.7"), "pulled"],
  ["an address beside it", { allow: ALLOW }, internet("198.51.100.8"), refused("198.51.100.8")],
  ["an address that nobody knows", { allow: ALLOW }, internet(), refused("192.0.2.10")],
  ["anybody, without public access", { publicNetworkAccess: false }, internet("203.0.113.99"), refused("203.0.113.99")],
  ["a private endpoint, without public access", { publicNetworkAccess: false }, { privateEndpoint: true }, "pulled"],
  ["a private endpoint, whatever is listed", { allow: ALLOW }, { privateEndpoint: true }, "pulled"],
  [
    "a private endpoint without a route",
    { publicNetworkAccess: false },
    { privateEndpoint: true, hasRoute: false },
    ["no-route", `dial tcp: ${HOST}: 10.1.0.4:443: i/o timeout`],
  ],
])("%s", (_who, request, way, expected) => {
  expect(pulled(request, way)).toEqual(expected);
});

describe("a kubelet", () => {
  /** What a pod says whose node comes that way. */
  function said(way: Way): { reason: string | undefined; messages: string[] } {
    const { clouds, registry, principal, password, cluster } = createWorld();
    clouds.arm.updateRegistry(registry, registryRequest({ sku: "Premium", publicNetworkAccess: false }));
    cluster.secrets.create(pullSecret(dockerConfig(HOST, principal.clientId, password.secret)));
    cluster.reachBy(way);
    const reasons = cluster.tryPod("default", "web", {
      containers: [{ name: "web", image: IMAGE }],
      imagePullSecrets: [{ name: "acr-secret" }],
    });
    return { reason: reasons.at(-1), messages: reasons };
  }

  test("is refused by the firewall, and only whoever asks the registry sees its address", () => {
    const { reason, messages } = said(internet("203.0.113.7"));
    expect(messages.join("\n")).toContain(
      `failed to resolve reference "${IMAGE}": failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden`,
    );
    expect(reason).toContain("client with IP '203.0.113.7' is not allowed access");
    expect(messages.map(causeOf)).toContain("firewall-refuses");
  });

  test("waits in vain where it has no route to the private endpoint", () => {
    const { messages } = said({ privateEndpoint: true, hasRoute: false });
    expect(messages.join("\n")).toContain(
      `Head "https://${HOST}/v2/${REPOSITORY}/manifests/v1": dial tcp 10.1.0.4:443: i/o timeout`,
    );
    expect(messages.map(causeOf)).toContain("host-unreachable");
  });

  test("pulls by a private endpoint", () => {
    expect(said({ privateEndpoint: true }).messages).toEqual([]);
    expect(DIGEST).toMatch(/^sha256:/);
  });
});
