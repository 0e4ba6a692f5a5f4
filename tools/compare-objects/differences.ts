import { isDeepStrictEqual } from "node:util";

/** A value in an object of the API as JSON. */
type Json = unknown;

/** Where two objects that should be equal differ. */
export interface Difference {
  /** `spec.template.spec.containers[0].image` */
  readonly path: string;
  /** As the provider made it; undefined where it has nothing. */
  readonly provider: Json;
  /** As kubectl made it. */
  readonly kubectl: Json;
}

/** What every object has of its own, whoever made it. */
const OF_EACH = [
  "metadata.annotations.kubectl.kubernetes.io/last-applied-configuration",
  "metadata.annotations.deployment.kubernetes.io/revision",
  "metadata.annotations.deprecated.daemonset.template.generation",
  "metadata.creationTimestamp",
  "metadata.generation",
  "metadata.managedFields",
  "metadata.resourceVersion",
  "metadata.selfLink",
  "metadata.uid",
  "spec.claimRef.resourceVersion",
  "spec.claimRef.uid",
  "spec.clusterIP",
  "spec.clusterIPs",
  "spec.healthCheckNodePort",
  "spec.nodeName",
  "status",
];
/** Ports that a cluster chooses, and what the job controller labels. */
const CHOSEN = [/^spec\.ports\[\d+\]\.nodePort$/, /(controller-uid|job-name)$/, /^metadata\.finalizers/];
/** Lists that are sets. */
const UNORDERED = /\.(verbs|resources|resourceNames|apiGroups|accessModes|values|namespaces|loadBalancerSourceRanges)$/;

/**
 * What the provider says where it was left out, and means what the API server would have filled in: paths with the values that are
 * harmless there.
 */
const HARMLESS: readonly (readonly [path: RegExp, value: Json])[] = [
  // As the account says, where it says something.
  [/(^|\.)automountServiceAccountToken$/, true],
  [/\.automountServiceAccountToken$/, false],
  [/\.securityContext\.allowPrivilegeEscalation$/, true],
  [/\.securityContext\.(privileged|readOnlyRootFilesystem|runAsNonRoot)$/, false],
  [/\.(enableServiceLinks)$/, true],
  [/\.(shareProcessNamespace|hostIPC|hostNetwork|hostPID)$/, false],
  [/\.(optional|readOnly|stdin|stdinOnce|tty|manualSelector|suspend|paused|publishNotReadyAddresses)$/, false],
  [/(^|\.)immutable$/, false],
  [/\.mountPropagation$/, "None"],
  [/\.minReadySeconds$/, 0],
  [/\.volumeClaimTemplates\[\d+\]\.metadata\.namespace$/, "default"],
  [/\.securityContext$/, {}],
  [/^(description)$/, ""],
  [/^allowVolumeExpansion$/, false],
  [/^endpoints\[\d+\]\.conditions\.(ready|serving)$/, true],
  [/^endpoints\[\d+\]\.conditions\.terminating$/, false],
  // What a job of a CronJob gets.
  [/^spec\.jobTemplate\.spec\.backoffLimit$/, 6],
  [/^spec\.jobTemplate\.spec\.(completions|parallelism)$/, 1],
  // https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior
  [/^spec\.behavior\.scaleDown\.stabilizationWindowSeconds$/, 300],
];

/** Where an object that the provider made is another one than kubectl makes, but for what cannot be equal and what means the same. */
export function differences(provider: Json, kubectl: Json): Difference[] {
  return compare(provider, kubectl, "").filter(
    ({ path, provider: own, kubectl: other }) =>
      !OF_EACH.some((known) => path === known || path.startsWith(`${known}.`) || path.startsWith(`${known}[`)) &&
      !CHOSEN.some((known) => known.test(path)) &&
      !(other === undefined && HARMLESS.some(([known, value]) => known.test(path) && isDeepStrictEqual(own, value))) &&
      !(other === undefined && isAsPod(path, own, kubectl)) &&
      // Nobody looks at the name of a template.
      !(own === undefined && path.endsWith(".template.metadata.name")),
  );
}

/** A container may say what its pod says. */
function isAsPod(path: string, own: Json, object: Json): boolean {
  const [, pod] = /^(.*)\.(?:initC|c)ontainers\[\d+\]\.securityContext\.runAsNonRoot$/.exec(path) ?? [];
  if (pod === undefined) return false;
  const keys = [...pod.split("."), "securityContext", "runAsNonRoot"];
  return isDeepStrictEqual(
    own,
    keys.reduce<Json>((value, key) => entriesOf(value)?.[key], object),
  );
}

function compare(provider: Json, kubectl: Json, path: string): Difference[] {
  if (
    isDeepStrictEqual(provider, kubectl) ||
    (UNORDERED.test(path) && isDeepStrictEqual(inOrder(provider), inOrder(kubectl)))
  )
    return [];
  const [one, other] = [entriesOf(provider), entriesOf(kubectl)];
  const isSameKind = Array.isArray(provider) === Array.isArray(kubectl);
  // What one has and the other has not is looked at field by field, so that a harmless part hides no other.
  if ((!one && provider !== undefined) || (!other && kubectl !== undefined) || (one && other && !isSameKind)) {
    return [{ path, provider, kubectl }];
  }
  const keys = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  if (keys.length === 0) return [{ path, provider, kubectl }];
  const isList = Array.isArray(provider ?? kubectl);
  return keys.flatMap((key) =>
    compare(one?.[key], other?.[key], isList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
  );
}

function entriesOf(value: Json): Readonly<Record<string, Json>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, Json>>) : undefined;
}

function inOrder(value: Json): Json {
  return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}
