import type { Pull } from "../../config";
import { failed, ok, type Findings, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import type { KubeObject } from "../cluster/objects";
import { podRefusal } from "../cluster/pod-refusal";
import { probePod } from "../cluster/probe-pod";
import { nodePlatforms, reach } from "../cluster/reach";
import type { ExpectedCluster, ExpectedNamespace } from "../expected";
import { kindsOf } from "../federation/controllers";
import type { Live } from "../live";
import { checkFederation } from "./federation";
import { clusterSubject, namespaceSubject } from "../subjects";

/** What an apply makes in each namespace where workloads run. */
const OF_WORKLOADS = ["deployments.apps", "services", "poddisruptionbudgets.policy"];

/** Whether a cluster is reached, and takes what an apply will bring. */
export async function checkCluster(findings: Findings, live: Live, expected: ExpectedCluster): Promise<void> {
  const cluster = await reach(findings, live, expected, "takes an apply");
  if (!cluster) return;
  await findings.check(clusterSubject(expected.key), "nodes' platform", () => nodes(cluster, expected.platform));
  const { key, pull } = expected;
  if (pull.kind === "federated") await checkFederation(findings, live, key, cluster, pull);
  await Promise.all(expected.namespaces.map((namespace) => checkNamespace(findings, cluster, expected, namespace)));
}

async function nodes(cluster: Kubernetes, platform: string): Promise<Outcome> {
  const found = await nodePlatforms(cluster);
  if (found.length === 0 || found.includes(platform)) return ok(found.join(", ") || "no nodes yet");
  return failed(
    "platform-other",
    `nodes are ${found.join(", ")}, the file says ${platform}: set clusters.<key>.architecture`,
  );
}

async function checkNamespace(
  findings: Findings,
  cluster: Kubernetes,
  { key, pull }: ExpectedCluster,
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
    ...(secret === undefined ? [] : ofSecret(pull)),
    ...(serviceAccounts.length > 0 && pull.kind !== "federated" ? ["serviceaccounts"] : []),
    ...(workloads.length > 0 ? OF_WORKLOADS : []),
  ];
  await findings.check(subject, "takes an apply", () => rights(cluster, name, resources));
  if (found) await findings.check(subject, "admits a pod", () => admission(cluster, name, found?.metadata.labels));
}

/** What an apply makes where there is to be a pull secret. */
function ofSecret(pull: Pull): string[] {
  return pull.kind === "federated"
    ? ["serviceaccounts", ...kindsOf(pull).map(({ resource }) => resource)]
    : ["secrets"];
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
  const answer = await cluster.send("POST", `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
  return podRefusal(answer) ?? ok(`one that is as restricted as ours; it enforces ${level}`);
}
