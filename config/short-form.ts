import type { Path } from "./problem";

/** What people look for in a workload, and what only Kubernetes' own words can say. */
const OF_KUBERNETES: ReadonlySet<string> = new Set([
  ...["affinity", "autoscaling", "concurrencyPolicy", "configMap", "configMaps", "containers", "cronJob", "daemonSet"],
  ...["dnsConfig", "dnsPolicy", "envFrom", "ephemeralContainers", "hostAliases", "hostNetwork", "hostPath", "hpa"],
  ...["imagePullSecrets", "ingress", "ingresses", "initContainer", "initContainers", "job", "kind", "labels"],
  ...["lifecycle", "livenessProbe", "metadata", "networkPolicy", "podLabels", "podSecurityContext", "ports"],
  ...["priorityClassName", "readinessProbe", "restartPolicy", "rollingUpdate", "schedule", "secrets"],
  ...["securityContext", "sidecar", "sidecars", "spec", "startupProbe", "statefulSet", "storage", "strategy"],
  ...["template", "terminationGracePeriodSeconds", "topologySpreadConstraints", "type", "volume"],
  ...["volumeClaimTemplates", "volumeMounts", "volumes"],
]);

/** The end of a message about an unknown key: where it is known, if it is what Kubernetes calls something. */
export function elsewhere([section, key, ...rest]: Path, unknown: string): string {
  const isOfWorkload =
    section === "workloads" ? key !== undefined && rest.length === 0 : isOfDefaults(section, key, rest);
  return isOfWorkload && OF_KUBERNETES.has(unknown)
    ? ": workloads are a short form; what needs more is Kubernetes YAML, named in manifests"
    : "";
}

function isOfDefaults(section: Path[number] | undefined, key: Path[number] | undefined, rest: Path): boolean {
  return section === "defaults" && key === "workloads" && rest.length === 0;
}
