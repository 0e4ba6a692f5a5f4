import type { LiveReport } from "../../live/report";
import { auths, cluster, environmentOf, event, IMAGE, PATHS, pullSecret, SECRET } from "./support/cluster-objects";
import { Stage } from "./support/stage";

const CLIENT_ID = "00000000-0000-0000-0000-000000000001";
const PASSWORD = "s3cret/of+fine=";
const secret = pullSecret(auths(CLIENT_ID, PASSWORD));
const PROBED = {
  status: { containerStatuses: [{ name: "probe", state: { waiting: { reason: "RunContainerError" } } }] },
};
const REFUSED = {
  status: {
    containerStatuses: [
      {
        name: "probe",
        state: {
          waiting: {
            reason: "ErrImagePull",
            message: `failed to resolve reference "${IMAGE}": failed to do request: Head: dial tcp: lookup contoso.azurecr.io on 10.96.0.10:53: no such host`,
          },
        },
      },
    ],
  },
};

let stage: Stage;
beforeAll(async () => {
  const image = { platforms: ["linux/amd64"] };
  const names = Array.from({ length: 5 }, (_, index) => `space-${index}`);
  const spaces = Object.fromEntries(
    names.flatMap((name) => [
      [`/api/v1/namespaces/${name}`, { metadata: { name } }],
      [`/api/v1/namespaces/${name}/secrets/${SECRET}`, secret],
      [
        `/api/v1/namespaces/${name}/serviceaccounts/default`,
        { metadata: { name: "default" }, imagePullSecrets: [{ name: SECRET }] },
      ],
      [`/api/v1/namespaces/${name}/serviceaccounts/builder`, { metadata: { name: "builder" } }],
    ]),
  );
  stage = await Stage.open({
    registries: { contoso: { images: { "shop/web:v1": image } } },
    applications: [{ clientId: CLIENT_ID, name: "app-fine", password: PASSWORD, roles: ["AcrPull"] }],
    clusters: {
      fine: cluster(secret, { "?probe": PROBED }),
      inside: cluster(secret, { "?probe": REFUSED }),
      blind: cluster(secret, {
        "/api/v1/nodes": 403,
        [`${PATHS.namespace}/events`]: 403,
        [`${PATHS.namespace}/pods`]: 403,
        [PATHS.pod]: undefined,
      }),
      late: cluster(secret, {
        [PATHS.deployment]: { metadata: { name: "web" }, spec: { replicas: 1 }, status: {} },
        [PATHS.event]: event("x"),
      }),
      one: cluster(secret, spaces),
      two: cluster(secret, spaces),
      three: cluster(secret, spaces),
    },
  });
});
afterAll(() => {
  stage.close();
});

const principal = { servicePrincipal: { name: "app-fine" } };
const file = (key: string) => stage.environment(key, environmentOf({ name: "contoso" }, { [key]: principal }));

async function verified(key: string, args: readonly string[] = []): Promise<LiveReport> {
  const report = (await stage.reports("verify", [file(key)], args)).get(key);
  if (!report) throw new Error(key);
  return report;
}

const stateOf = ({ results }: LiveReport, check: string) => results.find((result) => result.check === check)?.state;

it("finds nothing where all is well, and says what it looked at", async () => {
  const { code, stdout, stderr } = await stage.run(["verify", "--environment", file("fine")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, "<time>")).toMatchSnapshot();
});

it("replays a pull as containerd 1.6 does, and reads a byte of a layer without the registry's token", async () => {
  stage.azure.requests.length = 0;
  await verified("fine");
  expect(stage.azure.requests.filter((request) => /azurecr|blobs/.test(request))).toEqual([
    "GET contoso.azurecr.io/v2/",
    "POST contoso.azurecr.io/oauth2/token",
    "GET contoso.azurecr.io/oauth2/token",
    "HEAD contoso.azurecr.io/v2/shop/web/manifests/v1",
    "GET contoso.azurecr.io/v2/shop/web/manifests/v1",
    expect.stringMatching(/^GET contoso\.azurecr\.io\/v2\/shop\/web\/blobs\/sha256:c+b{6}$/),
    expect.stringMatching(/^GET contoso\.azurecr\.io\/v2\/shop\/web\/blobs\/sha256:1{64}$/),
    expect.stringMatching(/^GET blobs\.example\.net\/shop\/web\/sha256:1{64}$/),
  ]);
});

it("changes nothing in a cluster", async () => {
  stage.api.requests.length = 0;
  await verified("fine");
  await stage.reports("doctor", [file("fine")]);
  const writes = stage.api.requests.filter((request) => !request.startsWith("GET "));
  expect(writes.filter((request) => !/selfsubjectaccessreviews$|\/pods$/.test(request))).toEqual([]);
  // The pods are dry runs.
  expect(stage.api.left).toEqual([]);
});

it("pulls from inside by a pod that is taken away again", async () => {
  expect(stateOf(await verified("fine", ["--probe"]), "probe")).toBe("ok");
  const report = await verified("inside", ["--probe"]);
  expect(report.results.find(({ check }) => check === "probe")).toMatchObject({
    state: "failed",
    cause: "host-unknown",
  });
  expect(stage.api.left).toEqual([]);
  expect(stage.api.requests.filter((request) => request.startsWith("DELETE "))).toHaveLength(2);
});

it("says what it may not look at, and goes on", async () => {
  const report = await verified("blind");
  expect(stateOf(report, "pods")).toBe("not checked");
  expect(stateOf(report, "pulls shop/web")).toBe("ok");
  expect(report.passed).toBe(true);
});

it("waits for rollouts as long as it is told to", async () => {
  const start = Date.now();
  const report = await verified("late", ["--wait", "3"]);
  expect(Date.now() - start).toBeGreaterThan(3000);
  expect(stateOf(report, "rollout of web")).toBe("failed");
  const { code, stderr } = await stage.run(["verify", "--wait", "soon", "--environment", file("late")]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining("It must be a number of seconds from 0 to 3600") as string,
  });
});

it("checks namespaces and service accounts that others deploy to", async () => {
  const keys = ["one", "two", "three"];
  const spaces = Array.from({ length: 5 }, (_, index): [string, object] => [
    `space-${index}`,
    { existing: true, clusters: keys, serviceAccounts: ["default", "builder"], repositories: ["shop/web"] },
  ]);
  const environment = environmentOf(
    { name: "contoso" },
    { one: principal, two: { registryToken: {} }, three: { existingSecret: { name: SECRET } } },
  );
  const report = (
    await stage.reports("verify", [
      stage.environment("fleet", { ...environment, workloads: {}, namespaces: Object.fromEntries(spaces) }),
    ])
  ).get("fleet");
  const accounts = report?.results.filter(({ check }) => check.startsWith("service account")) ?? [];
  expect(accounts.filter(({ state }) => state === "ok")).toHaveLength(15);
  expect(accounts.filter(({ cause }) => cause === "secret-not-referenced")).toHaveLength(15);
  expect(report?.results.filter(({ check, state }) => check === "pulls shop/web" && state === "ok")).toHaveLength(15);
  // The token's name is not the principal's.
  expect(report?.results.filter(({ cause }) => cause === "secret-of-another")).toHaveLength(5);
});

it("shows no password and no token in any of its words", async () => {
  const texts: string[] = [];
  for (const command of ["doctor", "verify", "status"]) {
    for (const args of [[], ["--json"]]) {
      const { stdout, stderr } = await stage.run([command, ...args, "--environment", file("fine")], { NODE_DEBUG: "" });
      texts.push(stdout, stderr);
    }
  }
  const basic = Buffer.from(`${CLIENT_ID}:${PASSWORD}`).toString("base64");
  for (const word of [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    basic,
    "operator-login",
    "cluster-login",
    "secret-signature",
  ]) {
    expect(texts.filter((text) => text.includes(word))).toEqual([]);
  }
});

it.each([
  [["verify", "--environment", "nothing"], 1, /there is no environments\/nothing\.yaml/],
  [["verify", "--resolve", "contoso"], 2, /It must be host:address/],
  [["doctor", "--cluster", "nobody", "--environment", "demo"], 1, /nobody/],
])("refuses %j with a line", async (args, code, words) => {
  const ended = await stage.run(args);
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
  expect(ended.stderr).toMatch(words);
  expect(ended.stderr.trim().split("\n").length).toBeLessThan(3);
});
