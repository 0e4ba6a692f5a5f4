import { pullFailure } from "../../../rehearsal/clouds/kubernetes/image-words";
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
const refused = (address: string): [string, string] => [
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

describe("an endpoint of the registry's own", () => {
  const OWN: Way = { privateEndpoint: true, ofRegistry: true, address: "203.0.113.9" };

  function reached(endpoints: readonly boolean[], way: Partial<Way>, request: Partial<RegistryRequest>) {
    const { clouds, registry, principal, password } = createWorld();
    clouds.arm.updateRegistry(registry, registryRequest({ sku: "Premium", ...request }));
    for (const [index, hasZoneGroup] of endpoints.entries()) registry.endpoints.set(`/${index}`, { hasZoneGroup });
    const answer = clouds.registries.pull({
      ...{ loginServer: HOST, repository: REPOSITORY, reference: "v1", way: { ...OWN, ...way } },
      credentials: { username: principal.clientId, password: password.secret },
    });
    return answer.ok ? "pulled" : [answer.fault, answer.reason];
  }
  const CLOSED = { publicNetworkAccess: false };

  test.each<[string, readonly boolean[], Partial<Way>, Partial<RegistryRequest>, unknown]>([
    ["with its zone group", [true], { hasNames: false }, CLOSED, "pulled"],
    ["without one, where others keep the name", [false], {}, CLOSED, "pulled"],
    ["without one, where nobody does", [false], { hasNames: false }, CLOSED, refused("203.0.113.9")],
    ["of two the one with it", [false, true], { hasNames: false }, CLOSED, "pulled"],
    ["that is not there", [], {}, CLOSED, refused("203.0.113.9")],
    ["that is not there, where the address is listed", [], {}, { allow: ["203.0.113.9/32"] }, "pulled"],
    ["that is not there, where it is not", [], {}, { allow: ALLOW.slice(1) }, refused("203.0.113.9")],
    ["that is not there, where all are let in", [], {}, {}, "pulled"],
  ])("%s", (_what, endpoints, way, request, expected) => {
    expect(reached(endpoints, way, request)).toEqual(expected);
  });

  test("one of others counts on their names", () => {
    expect(reached([], { ofRegistry: false, hasNames: false }, CLOSED)).toEqual(refused("203.0.113.9"));
    expect(reached([], { ofRegistry: false }, CLOSED)).toBe("pulled");
  });
});

describe("layers", () => {
  test.each([
    [true, "acrdemo2ss.centralus.data.azurecr.io"],
    [false, "eusmanaged1.blob.core.windows.net"],
  ])("lie where a firewall may not let one: with data endpoints %s at %s", (dataEndpoints, host) => {
    const blocked = pulled({ dataEndpoints }, { privateEndpoint: true, reachesLayers: false });
    expect(blocked).toEqual(["no-layers", `Get "https://${host}/": dial tcp 20.60.1.4:443: i/o timeout`]);
    const words = pullFailure(IMAGE, "no-layers", true, blocked[1]);
    expect(words).toBe(
      `failed to pull and unpack image "${IMAGE}": failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://${host}/": dial tcp 20.60.1.4:443: i/o timeout`,
    );
    expect(causeOf(words)).toBe("layers-unreachable");
  });

  test("are not asked for of an image that is not there, or by whom is refused", () => {
    const way: Way = { privateEndpoint: false, address: "198.51.100.8", reachesLayers: false };
    expect(pulled({ allow: ALLOW }, way)).toEqual(refused("198.51.100.8"));
  });
});

describe("whoever runs Terraform", () => {
  test("pushes, looks and builds from where he is", () => {
    const { clouds, registry } = createWorld();
    clouds.arm.updateRegistry(registry, registryRequest({ sku: "Premium", allow: ALLOW }));
    const { registries } = clouds;
    registries.assertReached(HOST);
    registries.operatorsWay = internet("198.51.100.8");
    const [, reason] = refused("198.51.100.8");
    expect(() => {
      registries.assertReached(HOST);
    }).toThrow(`denied: ${reason}`);
    expect(registries.look(HOST, REPOSITORY, "v1")).toEqual({ ok: false, fault: "forbidden", reason });
    registries.operatorsWay = internet("198.51.100.7");
    registries.assertReached(HOST);
    expect(registries.look(HOST, REPOSITORY, "v1")).toMatchObject({ ok: true });
  });

  test("lets tasks build where everybody is let in, and nowhere else", () => {
    const { clouds, registry } = createWorld();
    const fault = (request: Partial<RegistryRequest>) => {
      clouds.arm.updateRegistry(registry, registryRequest({ sku: "Premium", ...request }));
      return clouds.registries.tasksFault(registry);
    };
    expect(fault({})).toBeUndefined();
    expect(fault({ allow: ALLOW })).toBe(refused("192.0.2.200")[1]);
    expect(fault({ publicNetworkAccess: false })).toBe(refused("192.0.2.200")[1]);
  });
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
