import fs from "node:fs";
import path from "node:path";
import { CAUSES, type CauseId } from "../../diagnosis";
import type { LiveReport } from "../../live/report";
import type { TestCluster } from "./support/api-server";
import type { TestApplication, TestRegistry } from "./support/azure";
import { auths, cluster, environmentOf, event, HOST, PATHS, pod, pullSecret, SECRET } from "./support/cluster-objects";
import {
  FEDERATED_CASES,
  federatedCluster,
  federatedPull,
  PUBLISHED,
  TRUSTS,
  type FederatedCase,
} from "./support/federated-cluster";
import { Authority } from "./support/certificates";
import { Stage } from "./support/stage";

const I = `${HOST}/shop/web:v1`;
const UNPACK = `failed to pull and unpack image "${I}":`;
const RESOLVE = `${UNPACK} failed to resolve reference "${I}":`;
const waiting = (message: string, reason = "ImagePullBackOff") => ({ waiting: { reason, message } });

interface OfCluster {
  readonly cause: CauseId;
  readonly cluster?: (fine: object, application: TestApplication) => TestCluster;
  readonly application?: Partial<TestApplication>;
  readonly pull?: object;
}

const saying = (message: string, reason?: string) => (fine: object) =>
  cluster(fine, { [PATHS.pod]: pod(waiting(message, reason)) });
const withSecret =
  (secret: (application: TestApplication) => object) => (_fine: object, application: TestApplication) =>
    cluster(secret(application));

function federated(
  key: string,
  cause: CauseId,
  of: FederatedCase,
  application: Partial<TestApplication> = {},
): OfCluster {
  return {
    cause,
    application: { trusts: TRUSTS, ...application },
    pull: federatedPull(`app-${key}`, of),
    cluster: (_fine, { clientId }) => federatedCluster(clientId, of).objects,
  };
}

/** One cluster each, all of one environment, verified in one run. */
const VERIFIED: Readonly<Record<string, OfCluster>> = {
  "no-secret": { cause: "secret-missing", cluster: () => cluster(undefined) },
  opaque: {
    cause: "secret-of-wrong-type",
    cluster: withSecret(({ clientId, password }) => pullSecret(auths(clientId, password), { type: "Opaque" })),
  },
  garbage: { cause: "secret-unreadable", cluster: () => cluster(pullSecret("no json")) },
  twice: {
    cause: "secret-encoded-twice",
    cluster: () => cluster(pullSecret(Buffer.from(JSON.stringify(auths("a", "b"))).toString("base64"))),
  },
  host: {
    cause: "secret-for-another-host",
    cluster: withSecret(({ clientId, password }) => pullSecret(auths(clientId, password, "contoso.example.com"))),
  },
  capitals: {
    cause: "secret-for-another-host",
    cluster: withSecret(({ clientId, password }) => pullSecret(auths(clientId, password, "CONTOSO.azurecr.io"))),
  },
  unnamed: {
    cause: "secret-not-referenced",
    cluster: (fine) => cluster(fine, { [PATHS.pod]: pod({ running: {} }, { secrets: [] }) }),
  },
  other: {
    cause: "secret-of-another",
    cluster: () => cluster(pullSecret(auths("00000000-0000-0000-0000-0000000000ff", "x"))),
  },
  wrong: {
    cause: "password-wrong",
    cluster: withSecret(({ clientId }) => pullSecret(auths(clientId, "mistyped-password"))),
  },
  ended: { cause: "password-ended", application: { error: 7000222 } },
  gone: { cause: "application-unknown", application: { error: 700016 } },
  disabled: { cause: "application-disabled", application: { error: 7000112 } },
  noguid: { cause: "username-malformed", cluster: () => cluster(pullSecret(auths("my app", "x"))) },
  norole: { cause: "role-missing", application: { roles: [] } },
  emptytoken: { cause: "role-missing", application: { roles: ["nothing here"] } },
  near: {
    cause: "deadline-near",
    cluster: withSecret(({ clientId, password }) => pullSecret(auths(clientId, password), { applyBefore: 3 })),
  },
  missed: {
    cause: "deadline-missed",
    cluster: withSecret(({ clientId, password }) => pullSecret(auths(clientId, password), { applyBefore: -3 })),
  },
  over: {
    cause: "password-ended",
    cluster: withSecret(({ clientId, password }) =>
      pullSecret(auths(clientId, password), { ends: -1, applyBefore: -31 }),
    ),
  },
  closed: {
    cause: "token-disabled",
    pull: { registryToken: { name: "closed-token" } },
    cluster: () => cluster(pullSecret(auths("closed-token-1", "right"))),
  },
  ...Object.fromEntries(
    (
      [
        ["uninstalled", "kind-missing"],
        ["silent", "controller-silent"],
        ["slash", "issuer-differs"],
        ["told", "subject-differs"],
        ["hidden", "issuer-unreachable"],
        ["old", "issuer-keys-old"],
        ["refusing", "exchange-refused"],
      ] as const
    ).map(([key, cause]) => [`federated-${key}`, federated(`federated-${key}`, cause, FEDERATED_CASES[key])]),
  ),
  "federated-over": federated("federated-over", "token-ended", FEDERATED_CASES.over),
  "federated-audience": federated("federated-audience", "audience-differs", {}, { error: 700212 }),
  "federated-untrusting": federated("federated-untrusting", "trust-missing", {}, { error: 70021 }),
  nospace: { cause: "namespace-missing", cluster: (fine) => cluster(fine, { [PATHS.namespace]: undefined }) },
  refused: {
    cause: "admission-refuses",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.deployment]: { metadata: { name: "web" }, spec: { replicas: 1 }, status: {} },
        [PATHS.event]: event(
          'pods "web-5f" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
          { reason: "FailedCreate", kind: "ReplicaSet", name: "web-5f" },
        ),
      }),
  },
  stuck: {
    cause: "rollout-unfinished",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.deployment]: {
          metadata: { name: "web" },
          spec: { replicas: 2 },
          status: { readyReplicas: 1, updatedReplicas: 2 },
        },
      }),
  },
  anonymous: {
    cause: "credential-missing",
    cluster: saying(
      `Back-off pulling image "${I}": ErrImagePull: ${RESOLVE} failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`,
    ),
  },
  oauth: {
    cause: "credential-refused",
    cluster: saying(`${RESOLVE} failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized`),
  },
  absent: { cause: "image-missing", cluster: saying(`rpc error: code = NotFound desc = ${RESOLVE} ${I}: not found`) },
  ranked: {
    cause: "platform-missing",
    cluster: saying(
      `[rpc error: code = NotFound desc = ${UNPACK} no match for platform in manifest: not found, ${RESOLVE} failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized]`,
    ),
  },
  capital: {
    cause: "image-name-invalid",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod(
          waiting(
            `Failed to apply default image tag "${HOST}/shop/Web:v1": couldn't parse image name`,
            "InvalidImageName",
          ),
          { image: `${HOST}/shop/Web:v1` },
        ),
      }),
  },
  root: {
    cause: "image-runs-as-root",
    cluster: saying(
      'container has runAsNonRoot and image will run as root (pod: "web-1_shop(1)", container: web)',
      "CreateContainerConfigError",
    ),
  },
  named: {
    cause: "image-user-named",
    cluster: saying(
      "container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is non-root",
      "CreateContainerConfigError",
    ),
  },
  never: {
    cause: "image-never-pulled",
    cluster: saying(`Container image "${I}" is not present with pull policy of Never`, "ErrImageNeverPull"),
  },
  config: { cause: "configuration-missing", cluster: saying('secret "db" not found', "CreateContainerConfigError") },
  program: {
    cause: "program-missing",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod({
          terminated: {
            reason: "StartError",
            exitCode: 128,
            message: 'runc create failed: exec: "/x": stat /x: no such file or directory',
          },
        }),
      }),
  },
  ends: {
    cause: "program-ends",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod(waiting("back-off 10s restarting failed container", "CrashLoopBackOff"), {
          lastState: { terminated: { reason: "Error", exitCode: 1 } },
        }),
      }),
  },
  exec: {
    cause: "platform-other",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod(waiting("back-off 10s", "CrashLoopBackOff"), {
          lastState: { terminated: { reason: "Error", exitCode: 255, message: "exec /bin/web: exec format error" } },
        }),
      }),
  },
  qps: { cause: "node-throttles", cluster: saying("pull QPS exceeded", "ErrImagePull") },
  nowhere: {
    cause: "pod-unschedulable",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod(
          {},
          {
            conditions: [
              {
                type: "PodScheduled",
                status: "False",
                reason: "Unschedulable",
                message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
              },
            ],
          },
        ),
      }),
  },
  hidden: {
    cause: "secret-missing",
    cluster: (fine) =>
      cluster(fine, {
        [PATHS.pod]: pod(
          waiting(
            `${RESOLVE} failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized`,
          ),
        ),
        [PATHS.event]: event(
          "Unable to retrieve some image pull secrets (absent); attempting to pull the image may not succeed.",
          { reason: "FailedToRetrieveImagePullSecret" },
        ),
      }),
  },
  nodata: {
    cause: "layers-unreachable",
    cluster: saying(
      `failed to copy: httpReadSeeker: failed open: Get "https://x.blob.core.windows.net/a": dial tcp 20.0.0.1:443: i/o timeout`,
    ),
  },
  login: { cause: "cluster-login-ended", cluster: (fine) => cluster(fine, { "/version": 401 }) },
};

interface OfRegistry {
  readonly cause: CauseId;
  readonly registry?: Partial<TestRegistry>;
  /** What its environment file says besides. */
  readonly file?: object;
  /** Of the registry's host. */
  readonly route?: string;
}

const refused = (status: number, message: string, headers = {}) => ({
  status,
  headers,
  body: { errors: [{ code: "DENIED", message }] },
});

/** One registry and one environment each, examined in one run. */
/** A registry that gives no manifest, and says why. */
function withheld(cause: CauseId, status: number, code: string, message: string): OfRegistry {
  const image = { platforms: ["linux/amd64"], status, error: { code, message } };
  return {
    cause,
    registry: { images: { "shop/web:v1": image, [`shop/web:sha256:${"a".repeat(64)}`]: image } },
  };
}

const EXAMINED: Readonly<Record<string, OfRegistry>> = {
  notcp: { cause: "host-unreachable", route: "127.0.0.1:1" },
  page: { cause: "not-a-registry", registry: { instead: { status: 200, body: "<html>" } } },
  wall: {
    cause: "firewall-refuses",
    registry: { instead: refused(403, "client with IP '203.0.113.7' is not allowed access") },
  },
  busy: { cause: "registry-throttles", registry: { instead: refused(429, "toomanyrequests", { "retry-after": "7" }) } },
  broken: { cause: "registry-fails", registry: { instead: { status: 503, body: "" } } },
  slow: { cause: "clock-wrong", registry: { clock: -900 } },
  nowhere: { cause: "registry-missing", registry: { unknown: true } },
  sold: {
    cause: "registry-name-taken",
    registry: { unknown: true, taken: true },
    file: { existing: false, location: "westeurope", sku: "Basic" },
  },
  abac: { cause: "registry-in-other-mode", registry: { abac: true } },
  empty: { cause: "image-missing", registry: { images: {} } },
  locked: {
    cause: "image-locked",
    registry: {
      images: {
        "shop/web:v1": { platforms: ["linux/amd64"], status: 405 },
        [`shop/web:sha256:${"a".repeat(64)}`]: { platforms: ["linux/amd64"], status: 405 },
      },
    },
  },
  held: withheld("image-quarantined", 405, "IMAGE_QUARANTINED", "The image is quarantined."),
  hubbusy: withheld(
    ...(["source-throttles", 429, "TOOMANYREQUESTS"] as const),
    "too many requests to source registry for cache rule 'hub'. For more information, please visit https://aka.ms/acr/cache",
  ),
  hubno: withheld(
    ...(["source-login-refused", 401, "UNAUTHORIZED"] as const),
    "authentication required with source registry for cache rule 'hub'. For more information, please visit https://aka.ms/acr/cache",
  ),
  hubaway: withheld(
    ...(["source-unreachable", 502, "UNKNOWN"] as const),
    "request to fetch manifest from source 'docker.io/a/b' for cache rule 'hub' returned status code 502.",
  ),
  arm: {
    cause: "platform-other",
    registry: { images: { [`shop/web:sha256:${"a".repeat(64)}`]: { platforms: ["linux/arm64"] } } },
  },
  index: {
    cause: "platform-missing",
    registry: {
      images: { [`shop/web:sha256:${"a".repeat(64)}`]: { platforms: ["linux/arm64", "linux/s390x"], index: true } },
    },
  },
  stranger: {
    cause: "operator-role-missing",
    registry: { exchange: refused(401, "authentication required, visit https://aka.ms/acr/authorization") },
  },
  nolayers: { cause: "layers-unreachable", registry: { blobs: "blobs.unreachable.example" } },
};

const PREBUILT = `sha256:${"a".repeat(64)}`;
const FINE: TestRegistry = {
  images: { "shop/web:v1": { platforms: ["linux/amd64"] }, [`shop/web:${PREBUILT}`]: { platforms: ["linux/amd64"] } },
};
const clientId = (index: number) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
const applications = Object.entries(VERIFIED).map(([key, { application }], index): TestApplication => ({
  clientId: clientId(index),
  name: `app-${key}`,
  password: `s3cret-of-${key}`,
  roles: ["AcrPull"],
  ...application,
}));

/** Causes of what is wrong, and how each was said. */
function causesIn({ results }: LiveReport, about: string): Map<CauseId, string> {
  return new Map(
    results.flatMap(({ subject, cause, found }) =>
      cause !== undefined && (subject === about || subject.startsWith(`${about},`)) ? [[cause, found] as const] : [],
    ),
  );
}

const printed: string[] = [];
const reached = new Set<CauseId>();

let stage: Stage;
beforeAll(async () => {
  const clusters = Object.fromEntries(
    Object.entries(VERIFIED).map(([key, { cluster: make = (fine: object) => cluster(fine) }], index) => {
      const application = applications[index];
      if (!application) throw new Error(key);
      return [key, make(pullSecret(auths(application.clientId, application.password)), application)];
    }),
  );
  const registries = {
    contoso: { ...FINE, tokens: { "closed-token-1": { password: "right", status: "disabled" } } },
    ...Object.fromEntries(
      Object.entries(EXAMINED).map(([key, { registry }]) => [`${key}registry`, { ...FINE, ...registry }]),
    ),
    untrusted: FINE,
    stale: FINE,
    another: FINE,
    rolesregistry: { ...FINE, abac: true },
    nofileregistry: FINE,
    plannedregistry: { ...FINE, unknown: true },
  };
  stage = await Stage.open({
    registries,
    applications,
    clusters: {
      ...clusters,
      fine: cluster(undefined),
      strict: cluster(undefined, {
        [`${PATHS.namespace}/pods?admission`]: { message: 'pods "x" is forbidden: exceeded quota: pods' },
      }),
    },
    aks: { oldaks: null },
    issuers: PUBLISHED,
    may: (name) => name !== "strict",
  });
});
afterAll(() => {
  stage.close();
});

it("names what verify finds in each of the clusters", async () => {
  const pulls = Object.entries(VERIFIED).map(
    ([key, { pull }]) => [key, pull ?? { servicePrincipal: { name: `app-${key}` } }] as const,
  );
  const file = stage.environment("verified", environmentOf({ name: "contoso" }, Object.fromEntries(pulls)));
  const { code, stdout, stderr } = await stage.run(["verify", "--json", "--environment", file]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  const [report] = JSON.parse(stdout) as LiveReport[];
  if (!report) throw new Error(stdout);
  const found = Object.keys(VERIFIED).map((key) => [key, [...causesIn(report, `cluster ${key}`).keys()]] as const);
  expect(found.filter(([key, causes]) => !causes.includes(VERIFIED[key]?.cause ?? "host-unknown"))).toEqual([]);
  note("verify", VERIFIED, (key) => causesIn(report, `cluster ${key}`));
  // Whatever was said to it, it says no password.
  for (const { password } of applications) expect(stdout).not.toContain(password);
  expect(stdout).not.toContain("mistyped-password");
  expect(report.results.filter(({ cause, remedy }) => cause !== undefined && remedy === undefined)).toEqual([]);
});

it("names what doctor finds of each of the registries", async () => {
  const files = Object.entries(EXAMINED).map(([key, { file = {}, route }]) => {
    if (route !== undefined) stage.route(`${key}registry.azurecr.io:${route}`);
    const environment = environmentOf(
      { name: `${key}registry`, ...file },
      { [`of-${key}`]: { existingSecret: { name: SECRET } } },
    );
    const images = { web: { repository: "shop/web", prebuilt: PREBUILT } };
    return stage.environment(key, { ...environment, images });
  });
  const reports = await stage.reports("doctor", files);
  const causesOf = (key: string) => {
    const report = reports.get(key);
    return new Map(report && ["registry", "image web"].flatMap((about) => [...causesIn(report, about)]));
  };
  const found = Object.keys(EXAMINED).map((key) => [key, [...causesOf(key).keys()]] as const);
  expect(found.filter(([key, causes]) => !causes.includes(EXAMINED[key]?.cause ?? "host-unknown"))).toEqual([]);
  note("doctor", EXAMINED, causesOf);
});

it("tells certificates apart", async () => {
  const { authority } = stage;
  const others = new Authority(stage.folder);
  await stage.serve(others.issue("untrusted", ["untrusted.azurecr.io"]), ["untrusted.azurecr.io"]);
  await stage.serve(authority.issue("another", ["example.com"]), ["another.azurecr.io"]);
  await stage.serve(
    authority.issue("stale", ["stale.azurecr.io"], "-startdate 20200101000000Z -enddate 20200102000000Z"),
    ["stale.azurecr.io"],
  );
  const causes = {
    untrusted: "certificate-untrusted",
    another: "certificate-of-another",
    stale: "certificate-ended",
  } as const;
  const files = Object.keys(causes).map((name) =>
    stage.environment(name, environmentOf({ name }, { [name]: { existingSecret: { name: SECRET } } })),
  );
  for (const command of ["doctor", "verify"]) {
    const reports = await stage.reports(command, files);
    for (const [name, cause] of Object.entries(causes)) {
      const report = reports.get(name);
      const about = command === "doctor" ? "registry" : `cluster ${name}`;
      const found = report ? causesIn(report, about) : new Map<CauseId, string>();
      if (command === "doctor") expect([name, ...found.keys()]).toContain(cause);
      note(command, { [name]: { cause } }, () => found);
    }
  }
});

it("names what is wrong before a registry is asked", async () => {
  const principal = (name: string) => ({ servicePrincipal: { name: `app-${name}` } });
  const environment = environmentOf(
    { name: "contoso" },
    {
      fine: principal("norole"),
      strict: principal("near"),
      unlisted: principal("missed"),
      closed: { registryToken: { name: "closed-token" } },
    },
  );
  const rolesIgnored = environmentOf({ name: "rolesregistry" }, { ignored: principal("over") });
  const noFile = {
    ...environmentOf({ name: "nofileregistry" }, { nofile: principal("stuck") }),
    clusters: { nofile: { kubeconfig: { path: "~/nothing" }, pull: principal("stuck") } },
  };
  const noHost = environmentOf({ name: "nohost4711" }, { nohost: principal("host") });
  const files = Object.entries({ environment, rolesIgnored, noFile, noHost }).map(([name, content]) =>
    stage.environment(name.toLowerCase(), content),
  );
  const reports = await stage.reports("doctor", files);
  const expected: readonly (readonly [string, string, CauseId])[] = [
    ["environment", "cluster fine", "role-missing"],
    ["environment", "cluster strict", "cluster-forbids"],
    ["environment", "cluster strict", "admission-refuses"],
    ["environment", "cluster unlisted", "context-unknown"],
    ["environment", "cluster closed", "token-disabled"],
    ["rolesignored", "cluster ignored", "role-ignored"],
    ["nofile", "cluster nofile", "kubeconfig-missing"],
    ["nohost", "registry", "host-unknown"],
  ];
  for (const [name, about, cause] of expected) {
    const report = reports.get(name);
    const found = report ? causesIn(report, about) : new Map<CauseId, string>();
    expect([name, about, ...found.keys()]).toContain(cause);
    note("doctor", { [about]: { cause } }, () => found);
  }
});

it("finds nothing wrong with a registry that is still to be made", async () => {
  const registry = { name: "plannedregistry", existing: false, location: "westeurope", sku: "Basic" };
  const file = stage.environment(
    "planned",
    environmentOf(registry, { fine: { servicePrincipal: { name: "app-gone" } } }),
  );
  const report = (await stage.reports("doctor", [file])).get("planned");
  expect(report?.results.filter(({ state }) => state === "failed")).toEqual([]);
  expect(report?.results.find(({ check }) => check === "is there")?.found).toMatch(
    /^not there yet, and its name is free/,
  );
});

it("names AKS clusters that are not there, and nodes without an identity", async () => {
  const aks = (name: string) => ({ aks: { name, resourceGroup: "rg" }, pull: { managedIdentity: {} } });
  const file = stage.environment("aks", {
    ...environmentOf({ name: "contoso" }, { gone: {}, oldaks: {} }),
    clusters: { gone: aks("gone"), oldaks: aks("oldaks") },
  });
  for (const command of ["doctor", "verify"]) {
    const report = (await stage.reports(command, [file])).get("aks");
    for (const [about, cause] of [
      ["cluster gone", "cluster-missing"],
      ["cluster oldaks", "nodes-without-identity"],
    ] as const) {
      const found = report ? causesIn(report, about) : new Map<CauseId, string>();
      expect([about, ...found.keys()]).toContain(cause);
      note(command, { [about]: { cause } }, () => found);
    }
  }
});

it("names a server that is away, and an operator who is not logged in", async () => {
  fs.writeFileSync(
    path.join(stage.folder, "away"),
    "apiVersion: v1\nkind: Config\nclusters: [{ name: fine, cluster: { server: 'http://127.0.0.1:1', insecure-skip-tls-verify: true } }]\nusers: [{ name: u, user: {} }]\ncontexts: [{ name: fine, context: { cluster: fine, user: u } }]\n",
  );
  const pull = { servicePrincipal: { name: "app-near" } };
  const file = stage.environment("away", {
    ...environmentOf({ name: "contoso" }, { fine: pull }),
    clusters: { fine: { kubeconfig: { path: "~/away" }, pull } },
  });
  fs.renameSync(path.join(stage.folder, "bin/az"), path.join(stage.folder, "az-away"));
  const reports = await stage.reports("doctor", [file]);
  fs.renameSync(path.join(stage.folder, "az-away"), path.join(stage.folder, "bin/az"));
  const report = reports.get("away");
  for (const [about, cause] of [
    ["cluster fine", "cluster-unreachable"],
    ["operator", "operator-unknown"],
  ] as const) {
    const found = report ? causesIn(report, about) : new Map<CauseId, string>();
    expect([about, ...found.keys()]).toContain(cause);
    note("doctor", { [about]: { cause } }, () => found);
  }
});

it("has a case for each cause there is", () => {
  expect(Object.keys(CAUSES).filter((cause) => !reached.has(cause as CauseId))).toEqual([]);
  if (process.env.MATRIX) fs.writeFileSync(process.env.MATRIX, `${printed.join("\n")}\n`);
});

/** Takes down what was printed of a cause, for the matrix that MATRIX names a file for. */
function note(
  command: string,
  cases: Readonly<Record<string, { readonly cause: CauseId }>>,
  causesOf: (key: string) => Map<CauseId, string>,
): void {
  for (const [key, { cause }] of Object.entries(cases)) {
    const text = causesOf(key).get(cause);
    if (text === undefined) continue;
    reached.add(cause);
    printed.push(`| ${cause} | ${command} | ${text.replaceAll("|", "\\|")} |`);
  }
}
