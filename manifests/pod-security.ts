import { valueOf, type Mapping } from "../config/mapping";
import { isGiven, itemsAt, mappingAt } from "./checks/check";
import { containersOf, podSpecOf } from "./pods";

/** Pod Security Standards that pods of manifests satisfy as they are: hardly any satisfies `restricted`. */
export type PodSecurity = "baseline" | "privileged";

/** Capabilities that `baseline` lets pods add: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
const CAPABILITIES: ReadonlySet<unknown> = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

/** The strictest standard that lets the pods of an object in, as far as they use something of their node. */
export function podSecurityOf(kind: string, object: Mapping): PodSecurity {
  const pod = podSpecOf(kind, object);
  if (!pod) return "baseline";
  const { spec } = pod;
  const usesHost =
    ["hostNetwork", "hostPID", "hostIPC"].some((key) => spec[key] === true) ||
    itemsAt(spec, ["volumes"]).some(({ item }) => isGiven(item.hostPath)) ||
    containersOf(pod).some(({ container }) => isPrivileged(container));
  return usesHost ? "privileged" : "baseline";
}

function isPrivileged(container: Mapping): boolean {
  const added = valueOf(mappingAt(container, ["securityContext", "capabilities"]), "add");
  return (
    valueOf(container.securityContext, "privileged") === true ||
    itemsAt(container, ["ports"]).some(({ item }) => isGiven(item.hostPort) && item.hostPort !== 0) ||
    (Array.isArray(added) && added.some((capability) => !CAPABILITIES.has(capability)))
  );
}
