import type { LiveReport } from "../../live/report";
import { cluster, environmentOf } from "./support/cluster-objects";
import { Stage } from "./support/stage";

const PULL = "Microsoft.ContainerRegistry/registries/pull/read";

/** Roles by the name of the one who has them, and whether they pull. */
const LEGACY: Readonly<Record<string, readonly [roles: readonly string[], state: "ok" | "role-missing"]>> = {
  acrpull: [["AcrPull"], "ok"],
  owner: [["*"], "ok"],
  reader: [["*/READ"], "ok"],
  several: [["Microsoft.Network/*", "AcrPull"], "ok"],
  custom: [["Microsoft.ContainerRegistry/registries/*"], "ok"],
  withheld: [[`* but ${PULL}`], "role-missing"],
  pusher: [["Microsoft.ContainerRegistry/registries/push/write"], "role-missing"],
  abaconly: [["Container Registry Repository Reader"], "role-missing"],
  none: [[], "role-missing"],
};
const ABAC = {
  acrpull: [["AcrPull"], "role-ignored"],
  owner: [["*"], "role-ignored"],
  abaconly: [["Container Registry Repository Reader"], "ok"],
  none: [[], "role-missing"],
} as const;

const named = (table: object, prefix: string) => Object.keys(table).map((key) => `${prefix}${key}`);
const ids = [...named(LEGACY, "l-"), ...named(ABAC, "a-")];
const clientId = (name: string) => `00000000-0000-0000-0000-${String(ids.indexOf(name)).padStart(12, "0")}`;

let stage: Stage;
beforeAll(async () => {
  const all = [
    ...Object.entries(LEGACY).map(([key, [roles]]) => ({ name: `l-${key}`, roles })),
    ...Object.entries(ABAC).map(([key, [roles]]) => ({ name: `a-${key}`, roles })),
  ];
  stage = await Stage.open({
    registries: {
      legacy: { images: {}, tokens: { "old-token-0": { password: "x", expiry: "2020-01-01T00:00:00Z" } } },
      byrepository: { images: {}, abac: true },
    },
    applications: all.map(({ name, roles }) => ({ clientId: clientId(name), name, password: "s3cret-x", roles })),
    clusters: Object.fromEntries(ids.map((key) => [key, cluster(undefined)])),
    aks: Object.fromEntries(ids.map((key) => [key, clientId(key)])),
  });
});
afterAll(() => {
  stage.close();
});

/** What a command says of whether each may pull: `ok`, or a cause, with its state where it is no failure. */
async function found(
  command: string,
  registry: string,
  clusters: Readonly<Record<string, object>>,
): Promise<Record<string, string>> {
  const file = stage.environment("roles", {
    ...environmentOf({ name: registry }, Object.fromEntries(Object.keys(clusters).map((key) => [key, {}]))),
    clusters,
  });
  const report: LiveReport | undefined = (await stage.reports(command, [file])).get("roles");
  const results = report?.results.filter(({ check }) => check === "identity may pull") ?? [];
  return Object.fromEntries(
    results.map(({ subject, state, cause = "" }) => [
      subject.replace("cluster ", ""),
      state === "ok" ? state : `${state === "failed" ? "" : `${state}: `}${cause}`,
    ]),
  );
}

const lookedUp = (name: string) => ({ aks: { name, resourceGroup: "rg" }, pull: { managedIdentity: {} } });
const expected = (table: Readonly<Record<string, readonly [unknown, string]>>, prefix: string) =>
  Object.fromEntries(Object.entries(table).map(([key, [, state]]) => [`${prefix}${key}`, state]));

it("judges by what roles allow, whatever they are called", async () => {
  const clusters = Object.fromEntries(named(LEGACY, "l-").map((key) => [key, lookedUp(key)]));
  expect(await found("verify", "legacy", clusters)).toEqual(expected(LEGACY, "l-"));
});

it("does not count what a registry with permissions by repository ignores", async () => {
  const clusters = Object.fromEntries(named(ABAC, "a-").map((key) => [key, lookedUp(key)]));
  expect(await found("verify", "byrepository", clusters)).toEqual(expected(ABAC, "a-"));
});

it("takes an identity whose object id the file knows, and one that is looked up, in the same way", async () => {
  const kubeconfig = { context: "l-none" };
  const managedIdentity = { objectId: "99999999-9999-4999-8999-999999999999" };
  const clusters = { known: { kubeconfig, pull: { managedIdentity } }, "l-none": lookedUp("l-none") };
  expect(await found("verify", "legacy", clusters)).toEqual({ known: "role-missing", "l-none": "role-missing" });
});

it("only warns before a deployment of nodes without a role, since the identity stack gives it to them", async () => {
  expect(await found("doctor", "legacy", { "l-none": lookedUp("l-none"), "l-owner": lookedUp("l-owner") })).toEqual({
    "l-none": "warning: role-missing",
    "l-owner": "ok",
  });
});

it("names a token whose password has ended", async () => {
  const clusters = { tokens: { kubeconfig: { context: "l-none" }, pull: { registryToken: { name: "old-token" } } } };
  expect(await found("doctor", "legacy", clusters)).toEqual({ tokens: "password-ended" });
});
