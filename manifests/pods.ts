import { isMapping, valueOf, type Mapping } from "../config/mapping";
import type { Path } from "../config/problem";

/** The pods that an object makes. */
export interface PodSpec {
  readonly spec: Mapping;
  /** From the object on. */
  readonly at: Path;
}

const TEMPLATE: Path = ["spec", "template", "spec"];
const PLACES: Readonly<Record<string, Path>> = {
  CronJob: ["spec", "jobTemplate", ...TEMPLATE],
  Pod: ["spec"],
};

/** Kinds with a typed resource that make pods, or are one. */
export const MAKES_PODS: ReadonlySet<string> = new Set([
  ...["CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicationController", "StatefulSet"],
]);

/** Lists of containers in a pod. */
export const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** @returns The spec of the pods of an object; undefined where it makes none. Custom resources count that have a template as Deployments do. */
export function podSpecOf(kind: string, object: Mapping): PodSpec | undefined {
  const at = PLACES[kind] ?? TEMPLATE;
  const spec = at.reduce<unknown>(valueOf, object);
  return isMapping(spec) && Array.isArray(spec.containers) ? { spec, at } : undefined;
}

/** The containers of a pod, and where they stand. */
export function containersOf({ spec, at }: PodSpec): { container: Mapping; at: Path }[] {
  return CONTAINER_LISTS.flatMap((list) => {
    const containers: readonly unknown[] = Array.isArray(spec[list]) ? (spec[list] as unknown[]) : [];
    return containers.flatMap((container, index) =>
      isMapping(container) ? [{ container, at: [...at, list, index] }] : [],
    );
  });
}

/** The object with another spec of its pods. */
export function withPodSpec(kind: string, object: Mapping, change: (spec: PodSpec) => Mapping): Mapping {
  const pod = podSpecOf(kind, object);
  return pod ? replaced(object, pod.at, change(pod)) : object;
}

/** The spec with other containers. */
export function withContainers(spec: Mapping, change: (container: Mapping) => Mapping): Mapping {
  const result: Record<string, unknown> = { ...spec };
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list];
    if (!Array.isArray(containers)) continue;
    result[list] = (containers as unknown[]).map((one) => (isMapping(one) ? change(one) : one));
  }
  return result;
}

/** The mapping with another value at a path of keys. */
export function replaced(object: Mapping, [key = "", ...rest]: Path, value: unknown): Mapping {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = valueOf(object, key);
  return { ...object, [key]: replaced(isMapping(inner) ? inner : {}, rest, value) };
}
