import { quantity } from "../../sdk/quantity";
import type { Container, LimitRange, PodSpec, ResourceQuota, Stored } from "./api-object";
import { canonicalQuantity } from "./canonical-quantity";

type List = Readonly<Record<string, string>>;

/** @returns The pod with the defaults of the namespace's limit ranges. */
export function withLimitDefaults(spec: PodSpec, ranges: readonly LimitRange[]): PodSpec {
  const defaults = Object.assign(
    {},
    ...ranges
      .flatMap((range) => range.spec.limits.filter(({ type }) => type === "Container"))
      .map((one) => one.default),
  ) as List;
  if (Object.keys(defaults).length === 0) return spec;
  const filled = (container: Container): Container => {
    const limits = { ...defaults, ...container.resources?.limits };
    return { ...container, resources: { limits, requests: { ...limits, ...container.resources?.requests } } };
  };
  return { ...spec, containers: spec.containers.map(filled) };
}

/** @returns What the namespace's limit ranges hold against a pod, in the admission's words, or undefined. */
export function limitFault({ containers }: PodSpec, ranges: readonly LimitRange[]): string | undefined {
  for (const { type, max = {} } of ranges.flatMap((range) => range.spec.limits)) {
    if (type !== "Container") continue;
    for (const [name, most] of Object.entries(max)) {
      for (const { resources } of containers) {
        const limit = resources?.limits?.[name];
        if (limit === undefined) return `maximum ${name} usage per Container is ${most}.  No limit is specified`;
        if ((quantity(limit) ?? 0n) > (quantity(most) ?? 0n)) {
          return `maximum ${name} usage per Container is ${most}, but limit is ${limit}`;
        }
      }
    }
  }
  return undefined;
}

/** @param others The pods that are there. @returns Which quota the pod exceeds, in the admission's words, or undefined. */
export function quotaFault(
  spec: PodSpec,
  others: readonly PodSpec[],
  quotas: readonly Stored<ResourceQuota>[],
): string | undefined {
  for (const { metadata, spec: quota } of quotas) {
    const over = Object.entries(quota.hard ?? {}).flatMap(([name, hard]) => {
      const asked = usageOf(spec, name);
      const used = others.reduce((sum, other) => sum + (usageOf(other, name) ?? 0n), 0n);
      if (asked === undefined || asked + used <= (quantity(hard) ?? 0n)) return [];
      return [{ name, asked: textOf(asked), used: textOf(used), hard }];
    });
    if (over.length === 0) continue;
    const list = (key: "asked" | "used" | "hard") => over.map((one) => `${one.name}=${one[key]}`).join(",");
    return `exceeded quota: ${metadata.name}, requested: ${list("asked")}, used: ${list("used")}, limited: ${list("hard")}`;
  }
  return undefined;
}

/** In billionths; undefined for what pods do not use. */
function usageOf({ containers }: PodSpec, name: string): bigint | undefined {
  if (name === "pods" || name === "count/pods") return 1_000_000_000n;
  const [, kind, resource] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
  if (resource === undefined) return undefined;
  const key = kind === "limits" ? "limits" : "requests";
  return containers.reduce((sum, { resources }) => sum + (quantity(resources?.[key]?.[resource] ?? "0") ?? 0n), 0n);
}

function textOf(billionths: bigint): string {
  return canonicalQuantity(`${billionths / 1_000_000n}m`);
}
