import { folderOf } from "../folder";
import { textOf } from "../text";
import type { Finding, Rule, RuleContext } from "./rule";
import { inWorkloads } from "./workload-drafts";

const nodePort: Rule = {
  id: "node-port",
  about: "workloads.<key>.nodePort",
  message: "needs expose: NodePort",
  check: (context) => withoutExpose(context, "NodePort", ["nodePort"]),
};

const allowedSources: Rule = {
  id: "allowed-sources",
  about: "workloads.<key>.allowedSources",
  message: "needs expose: LoadBalancer",
  check: (context) => withoutExpose(context, "LoadBalancer", ["allowedSources"]),
};

const loadBalancerWait: Rule = {
  id: "load-balancer-wait",
  about: "workloads.<key>.waitForLoadBalancer, workloads.<key>.loadBalancerTimeoutSeconds",
  message: "needs expose: LoadBalancer",
  check: (context) => withoutExpose(context, "LoadBalancer", ["waitForLoadBalancer", "loadBalancerTimeoutSeconds"]),
};

const loadBalancerTimeout: Rule = {
  id: "load-balancer-timeout",
  about: "workloads.<key>.loadBalancerTimeoutSeconds",
  message: "must be left out: nothing waits with waitForLoadBalancer: false",
  check: (context) =>
    inWorkloads(context, ({ waitForLoadBalancer: waits, loadBalancerTimeoutSeconds: seconds }, path) =>
      waits === false && seconds !== undefined ? [{ path: [...path, "loadBalancerTimeoutSeconds"] }] : [],
    ),
};

const writablePath: Rule = {
  id: "writable-path",
  about: "workloads.<key>.writablePaths[]",
  message: "must be a folder below / without '..', and not in /proc",
  source: "https://github.com/opencontainers/runc/blob/main/libcontainer/rootfs_linux.go",
  check: (context) =>
    inWorkloads(context, ({ writablePaths = [] }, at) =>
      writablePaths.flatMap((folder, index) =>
        folder !== undefined && !isMountable(textOf(folder)) ? [{ path: [...at, "writablePaths", index] }] : [],
      ),
    ),
};

const tolerationValue: Rule = {
  id: "toleration-value",
  about: "workloads.<key>.tolerations[].value",
  message: "must be given with operator: Equal, and only then",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
  check: (context) =>
    inWorkloads(context, ({ tolerations = [] }, path) =>
      tolerations.flatMap((toleration, index) =>
        toleration?.operator !== undefined && (toleration.operator === "Equal") !== "value" in toleration
          ? [{ path: [...path, "tolerations", index, "value"] }]
          : [],
      ),
    ),
};

export const workloadRules = [
  nodePort,
  allowedSources,
  loadBalancerWait,
  loadBalancerTimeout,
  writablePath,
  tolerationValue,
];

/** Keys that are given, and mean something with another type of Service only. */
function withoutExpose(
  context: RuleContext,
  type: "NodePort" | "LoadBalancer",
  keys: readonly ("nodePort" | "allowedSources" | "waitForLoadBalancer" | "loadBalancerTimeoutSeconds")[],
): Finding[] {
  return inWorkloads(context, (workload, path) =>
    workload.expose === undefined || workload.expose === type
      ? []
      : keys.filter((key) => workload[key] !== undefined).map((key) => ({ path: [...path, key] })),
  );
}

function isMountable(folder: string): boolean {
  const normal = folderOf(folder);
  return normal !== "/" && !normal.startsWith("/proc/") && !folder.split("/").includes("..");
}
