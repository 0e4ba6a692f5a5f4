import type { Draft } from "../parse";
import type { WrittenWorkload } from "../schema/environment";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

const nodePort: Rule = {
  id: "node-port",
  about: "workloads.<key>.nodePort",
  message: "needs expose: NodePort",
  check: (context) =>
    workloads(context, ({ nodePort: port, expose }, path) =>
      port !== undefined && expose !== undefined && expose !== "NodePort" ? [{ path: [...path, "nodePort"] }] : [],
    ),
};

const allowedSources: Rule = {
  id: "allowed-sources",
  about: "workloads.<key>.allowedSources",
  message: "needs expose: LoadBalancer",
  check: (context) =>
    workloads(context, ({ allowedSources: sources, expose }, path) =>
      sources && expose !== undefined && expose !== "LoadBalancer" ? [{ path: [...path, "allowedSources"] }] : [],
    ),
};

const listedTwice: Rule = {
  id: "listed-twice",
  about: "workloads.<key>.clusters, workloads.<key>.writablePaths",
  message: "is listed twice",
  check: (context) =>
    workloads(context, (workload, path) =>
      (["clusters", "writablePaths"] as const).flatMap((list) => {
        const items: unknown = workload[list];
        if (!Array.isArray(items)) return [];
        const known = items.map((item) => JSON.stringify(item));
        return known.flatMap((item, index) =>
          items[index] !== undefined && known.indexOf(item) < index ? [{ path: [...path, list, index] }] : [],
        );
      }),
    ),
};

const tolerationValue: Rule = {
  id: "toleration-value",
  about: "workloads.<key>.tolerations[].value",
  message: "must be given with operator: Equal, and only then",
  source: "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
  check: (context) =>
    workloads(context, ({ tolerations = [] }, path) =>
      tolerations.flatMap((toleration, index) =>
        toleration?.operator !== undefined && (toleration.operator === "Equal") !== "value" in toleration
          ? [{ path: [...path, "tolerations", index, "value"] }]
          : [],
      ),
    ),
};

export const workloadRules = [nodePort, allowedSources, listedTwice, tolerationValue];

function workloads(
  { draft }: RuleContext,
  check: (workload: Draft<WrittenWorkload>, path: string[]) => Finding[],
): Finding[] {
  return entriesOf(draft.workloads).flatMap(([key, workload]) => check(workload, ["workloads", key]));
}
