import { failed, notChecked, ok, type Findings, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import type { KubeObject, Node } from "../cluster/objects";
import { probePod } from "../cluster/probe-pod";
import type { ExpectedCluster, ExpectedNamespace } from "../expected";
import type { Live } from "../live";
import { jsonOf } from "../http";
import { clusterSubject, namespaceSubject } from "../subjects";

/** What an apply makes in each namespace where workloads run. */
const OF_WORKLOADS = ["deployments.apps", "services", "poddisruptionbudgets.policy"];

/** Whether a cluster is reached, and takes what an apply will bring. */
export async function checkCluster(findings: Findings, live: Live, expected: ExpectedCluster): Promise<void> {
  const subject = clusterSubject(expected.key);
  let cluster: Kubernetes | undefined;
  await findings.check(subject, "answers", async () => {
    const found = await live.cluster(expected);
    const version = await found.version();
    cluster = found;
    return ok(`Kubernetes ${version}`);
  });
  if (!cluster) {
    for (const { name } of expected.namespaces)
      findings.add(namespaceSubject(expected.key, name), "takes an apply", notChecked("the cluster"));
    return;
  }
  const found = cluster;
  await findings.check(subject, "nodes' platform", () => nodes(found, expected.platform));
  await Promise.all(expected.namespaces.map((namespace) => checkNamespace(findings, found, expected.key, namespace)));
}

async function nodes(cluster: Kubernetes, platform: string): Promise<Outcome> {
  const all = await cluster.list<Node>("/api/v1/nodes");
  const found = [
    ...new Set(
      all.map(({ status }) => `${status?.nodeInfo?.operatingSystem ?? ""}/${status?.nodeInfo?.architecture ?? ""}`),
    ),
  ].sort();
  if (found.length === 0 || found.includes(platform)) return ok(found.join(", ") || "no nodes yet");
  return failed(
    "platform-other",
    `nodes are ${found.join(", ")}, the file says ${platform}: set clusters.<key>.architecture`,
  );
}

async function checkNamespace(
  findings: Findings,
  cluster: Kubernetes,
  key: string,
  { name, existing, secret, serviceAccounts, workloads }: ExpectedNamespace,
): Promise<void> {
  const subject = namespaceSubject(key, name);
  let found: KubeObject | undefined;
  const state = await findings.check(subject, "is there", async () => {
    found = await cluster.get<KubeObject>(`/api/v1/namespaces/${name}`);
    if (found) return ok("yes");
    if (existing) return failed("namespace-missing", `there is no namespace ${name}`);
    return (await cluster.may("create", "namespaces"))
      ? ok("not there yet: the workload stack makes it")
      : failed("cluster-forbids", "create namespaces");
  });
  if (state === "failed") return;
  const resources = [
    ...(secret === undefined ? [] : ["secrets"]),
    ...(serviceAccounts.length > 0 ? ["serviceaccounts"] : []),
    ...(workloads.length > 0 ? OF_WORKLOADS : []),
  ];
  await findings.check(subject, "takes an apply", () => rights(cluster, name, resources));
  if (found) await findings.check(subject, "admits a pod", () => admission(cluster, name, found?.metadata.labels));
}

async function rights(cluster: Kubernetes, namespace: string, resources: readonly string[]): Promise<Outcome> {
  const wanted = resources.flatMap((resource) =>
    ["get", "create", "patch", "delete"].map((verb) => ({ verb, resource })),
  );
  const allowed = await Promise.all(wanted.map(({ verb, resource }) => cluster.may(verb, resource, namespace)));
  const refused = wanted.filter((_, index) => !allowed[index]).map(({ verb, resource }) => `${verb} ${resource}`);
  return refused.length === 0
    ? ok(`may write ${resources.join(", ") || "nothing, and need not"}`)
    : failed("cluster-forbids", refused.join(", "));
}

/** Asks admission by a dry run, which stores nothing: Pod Security, quotas and webhooks answer as they would. */
async function admission(
  cluster: Kubernetes,
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const level = labels["pod-security.kubernetes.io/enforce"] ?? "privileged";
  const pod = probePod({ name: "acr-pull-dry-run", image: "example.azurecr.io/none:none" });
  const { status, body } = await cluster.send("POST", `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
  const { message = "" } = (jsonOf(body) ?? {}) as { message?: string };
  if (status < 300) return ok(`one that is as restricted as ours; it enforces ${level}`);
  if (message.includes("cannot create resource")) return notChecked("the right to create pods in it");
  return failed("admission-refuses", message || `status ${status}`);
}
