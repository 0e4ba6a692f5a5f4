import { billionthsOf, WHOLE } from "../quantity";
import type { Finding, Rule, RuleContext } from "./rule";
import { inWorkloads } from "./workload-drafts";

const THOUSANDTH = WHOLE / 1000n;
const DEFAULTING = "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/v1/defaults.go";
const VALIDATION = "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go";

const cpu: Rule = {
  id: "whole-thousandths",
  about: "workloads.<key>.resources.cpu, workloads.<key>.resources.cpuLimit",
  message: "must be whole thousandths (1m): the API server rounds it up, and no plan after that is ever empty",
  source: DEFAULTING,
  check: (context) =>
    inWorkloads(context, ({ resources }, path) =>
      (["cpu", "cpuLimit"] as const)
        .filter((key) => (billionths(resources?.[key]) ?? 0n) % THOUSANDTH !== 0n)
        .map((key) => ({ path: [...path, "resources", key] })),
    ),
};

const memory: Rule = {
  id: "whole-bytes",
  about: "workloads.<key>.resources.memory, workloads.<key>.resources.memoryLimit",
  message: "must be bytes, and m means thousandths of one",
  source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory",
  check: (context) =>
    inWorkloads(context, ({ resources }, path) =>
      (["memory", "memoryLimit"] as const).flatMap((key) => {
        const value = resources?.[key] ?? "";
        const amount = billionthsOf(value) ?? 0n;
        if (amount % WHOLE === 0n && !/[mun]$/.test(value)) return [];
        const meant = value.replace(/[mun]$/, "Mi");
        const suggestion = meant === value ? "" : `; did you mean "${meant}"?`;
        return [{ path: [...path, "resources", key], suggestion }];
      }),
    ),
};

const order: Rule = {
  id: "request-below-limit",
  about: "workloads.<key>.resources.cpuLimit, workloads.<key>.resources.memoryLimit",
  message: "must be at least resources.{resource} = {request}",
  source: VALIDATION,
  check: (context: RuleContext) =>
    inWorkloads(context, ({ resources }, path) =>
      (["cpu", "memory"] as const).flatMap((resource): Finding[] => {
        const key = `${resource}Limit` as const;
        const [request, limit] = [billionths(resources?.[resource]), billionths(resources?.[key])];
        if (request === undefined || limit === undefined || request <= limit) return [];
        return [{ path: [...path, "resources", key], values: { resource, request: resources?.[resource] ?? "" } }];
      }),
    ),
};

export const resourceRules = [cpu, memory, order];

function billionths(text: string | undefined): bigint | undefined {
  return text === undefined ? undefined : billionthsOf(text);
}
