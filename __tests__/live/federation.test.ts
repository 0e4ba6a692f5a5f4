import type { CauseId } from "../../diagnosis";
import type { LiveReport } from "../../live/report";
import type { ClusterStatus } from "../../live/status/status";
import type { TestApplication } from "./support/azure";
import { environmentOf } from "./support/cluster-objects";
import {
  FEDERATED_CASES,
  federatedCluster,
  federatedPull,
  HOUR,
  issuerOf,
  PUBLISHED,
  SUBJECT,
  TRUSTS,
  TRUSTS_ANOTHER,
  type FederatedCase,
} from "./support/federated-cluster";
import { Stage } from "./support/stage";

const CASES = { ...FEDERATED_CASES, untrusted: {} } satisfies Record<string, FederatedCase>;
const cases = Object.entries<FederatedCase>(CASES);

const applications = cases.map(([key], index): TestApplication => ({
  clientId: `44444444-4444-4444-4444-${String(index).padStart(12, "0")}`,
  ...{ name: `app-${key}`, password: "none", roles: ["AcrPull"] },
  trusts: key === "untrusted" ? TRUSTS_ANOTHER : TRUSTS,
}));
const clusters = cases.map(
  ([key, of], index) => [key, federatedCluster(applications[index]?.clientId ?? "", of)] as const,
);
const held = clusters.flatMap(([, { secrets }]) => secrets);

let stage: Stage;
let file: string;
beforeAll(async () => {
  stage = await Stage.open({
    registries: { contoso: { images: { "shop/web:v1": { platforms: ["linux/amd64"] } } } },
    applications,
    clusters: Object.fromEntries(clusters.map(([key, { objects }]) => [key, objects])),
    issuers: PUBLISHED,
    // Clusters of AKS that are called as their issuers are.
    aks: { fine: null, bound: null },
    may: (_cluster, _verb, resource, group) => resource !== "externalsecrets" || group === "external-secrets.io",
  });
  const pulls = cases.map(([key, of]) => [key, federatedPull(`app-${key}`, of)] as const);
  file = stage.environment("federated", environmentOf({ name: "contoso" }, Object.fromEntries(pulls)));
});
afterAll(() => {
  stage.close();
});

async function reported(command: string): Promise<LiveReport> {
  const report = (await stage.reports(command, [file])).get("federated");
  if (!report) throw new Error(command);
  for (const secret of held) expect(JSON.stringify(report)).not.toContain(secret);
  return report;
}

function find({ results }: LiveReport, key: string, check: string): LiveReport["results"][number] | undefined {
  return results.find((one) => new RegExp(`^cluster ${key}(,|$)`).test(one.subject) && one.check === check);
}

describe("verify", () => {
  let report: LiveReport;
  beforeAll(async () => {
    report = await reported("verify");
  });

  it.each(["fine", "bound"])("finds nothing in %s, and says what it looked at", (key) => {
    const results = report.results.filter(({ subject }) => subject.startsWith(`cluster ${key}`));
    expect(results.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(results.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["deadline", "renewal", "exchange", "pull secret's owner", "pulls shop/web"]),
    );
    expect(find(report, key, "exchange")?.found).toBe(`a token of ${SUBJECT} opens shop/web`);
  });

  it.each<[keyof typeof CASES, string, CauseId, RegExp]>([
    ["uninstalled", "renewal", "kind-missing", /^there is no kind ExternalSecret in external-secrets\.io\/v1$/],
    ["unapplied", "renewal", "secret-missing", /^there is no ExternalSecret contoso-secret-federated/],
    ["silent", "renewal", "controller-silent", /^ExternalSecret contoso-secret-federated has no status$/],
    ["told", "renewal", "subject-differs", /^ExternalSecret contoso-secret-federated: AADSTS700213/],
    ["refusing", "renewal", "exchange-refused", /^AcrPullBinding contoso-secret: failed to exchange/],
    ["moved", "exchange", "issuer-differs", /tokens are of https:\/\/oidc.example.net\/other, the file says .*\/fine$/],
    ["slash", "exchange", "issuer-differs", /fine\/, the file says .*\/fine$/],
    ["old", "exchange", "issuer-keys-old", /publishes key-0, key-1, and not new-key$/],
    ["hidden", "exchange", "issuer-unreachable", /hidden\/\.well-known\/openid-configuration answers 404$/],
    [
      "untrusted",
      "exchange",
      "subject-differs",
      /refuses a token of system:serviceaccount:shop:acr-pull: AADSTS700213/,
    ],
    ["over", "deadline", "token-ended", /^the token ended at /],
    ["over", "pulls shop/web", "token-ended", /^the token ended at /],
  ])("of %s, %s: %s", (key, check, cause, words) => {
    const result = find(report, key, check);
    expect(result?.found).toMatch(words);
    expect(result).toMatchObject({ state: "failed", cause });
  });

  it("warns of a token that nobody has renewed in time", () => {
    expect(find(report, "late", "deadline")).toMatchObject({ state: "warning", cause: "controller-silent" });
  });

  it("says what it may not look at, and takes it for no fault", () => {
    expect(find(report, "blind", "exchange")).toMatchObject({ state: "not checked" });
    expect(find(report, "blind", "renewal")).toMatchObject({ state: "not checked" });
  });

  it("writes nothing", () => {
    const writes = stage.api.requests.filter((request) => !request.startsWith("GET "));
    expect(writes.filter((request) => !request.endsWith("serviceaccounts/acr-pull/token"))).toEqual([]);
  });
});

it("verify --issued knows that there is nothing to issue", async () => {
  const report = (await stage.reports("verify", [file], ["--issued"])).get("federated");
  expect(report && find(report, "fine", "issued credential pulls")).toMatchObject({
    state: "not checked",
    found: "needs a token, which nobody but the cluster gives: verify, after its workload stack",
  });
});

describe("doctor", () => {
  let report: LiveReport;
  beforeAll(async () => {
    report = await reported("doctor");
  });

  it("finds the controller's kinds, and the issuer as the file has it", () => {
    for (const check of ["kinds of the controller", "issuer", "issuer is published", "takes an apply"])
      expect(find(report, "fine", check)).toMatchObject({ state: "ok" });
    expect(find(report, "fine", "takes an apply")?.found).toContain("externalsecrets.external-secrets.io");
    expect(find(report, "bound", "takes an apply")?.found).toBe(
      "may write serviceaccounts, acrpullbindings.acrpull.microsoft.com, deployments.apps, services, poddisruptionbudgets.policy",
    );
  });

  it.each<[keyof typeof CASES, string, CauseId]>([
    ["uninstalled", "kinds of the controller", "kind-missing"],
    ["slash", "issuer", "issuer-differs"],
    ["old", "issuer is published", "issuer-keys-old"],
    ["hidden", "issuer is published", "issuer-unreachable"],
  ])("of %s, %s: %s", (key, check, cause) => {
    expect(find(report, key, check)).toMatchObject({ state: "failed", cause });
  });
});

it("doctor finds the issuer of AKS clusters, or says how they get one", async () => {
  const aks = (name: string) => ({
    aks: { name, resourceGroup: "rg" },
    pull: { federated: { controller: "externalSecrets" } },
  });
  const environment = environmentOf({ name: "contoso" }, { fine: {}, bound: {} });
  const aksFile = stage.environment("aks", { ...environment, clusters: { fine: aks("fine"), bound: aks("bound") } });
  const report = (await stage.reports("doctor", [aksFile])).get("aks");
  expect(report && find(report, "fine", "issuer")).toMatchObject({ state: "ok", found: issuerOf("fine") });
  expect(report && find(report, "bound", "issuer")).toMatchObject({
    ...{ state: "failed", cause: "issuer-unreachable" },
    found: "AKS cluster bound has no OIDC issuer: az aks update --enable-oidc-issuer",
  });
});

describe("status", () => {
  let all: Map<string, ClusterStatus>;
  beforeAll(async () => {
    const { stdout } = await stage.run(["status", "--json", "--environment", file]);
    for (const secret of held) expect(stdout).not.toContain(secret);
    all = new Map((JSON.parse(stdout) as ClusterStatus[]).map((one) => [one.cluster, one]));
  });

  it("says until when the token is good, and when it was written", () => {
    const { expires = "", ...rest } = all.get("fine") ?? ({} as ClusterStatus);
    expect(rest).toEqual({
      ...{ environment: "federated", cluster: "fine", method: "federated", applied: "2026-01-02T03:04:05Z" },
      ...{ drift: [], unknown: [], due: false },
    });
    expect(Math.abs(Date.parse(expires) - Date.now() - 3 * HOUR * 1000)).toBeLessThan(120_000);
  });

  it.each<[keyof typeof CASES, RegExp]>([
    ["silent", /^shop is not renewed: ExternalSecret contoso-secret-federated has no status$/],
    ["refusing", /^shop is not renewed: AcrPullBinding contoso-secret: failed to exchange/],
    ["late", /^shop: the token ends at .*, and should have been renewed since /],
    ["over", /^shop: the token ended at /],
  ])("of %s: due", (key, words) => {
    expect(all.get(key)).toMatchObject({ drift: [expect.stringMatching(words)], due: true });
  });

  it("takes nothing for a fault that it may not read", () => {
    expect(all.get("blind")).toMatchObject({ drift: [], due: false });
    expect(all.get("blind")?.unknown).toEqual([expect.stringMatching(/^needs the right to read .*externalsecrets/)]);
  });
});
