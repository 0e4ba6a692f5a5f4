import type { Container, PodTemplate } from "./kubernetes-objects";

/** The label by which a namespace asks for a level of Pod Security. */
export const ENFORCE_LABEL = "pod-security.kubernetes.io/enforce";

/** @returns The admission's refusal of a pod in a `restricted` namespace, or undefined where it is let in. */
export function restrictedViolation(template: PodTemplate): string | undefined {
  const violations = template.containers.flatMap((container) => violationsOf(container, template));
  return violations.length === 0 ? undefined : `violates PodSecurity "restricted:latest": ${violations.join(", ")}`;
}

function violationsOf({ name, securityContext: own }: Container, { securityContext: pod }: PodTemplate): string[] {
  const violations: string[] = [];
  if (own.allowPrivilegeEscalation !== false) {
    violations.push(
      `allowPrivilegeEscalation != false (container "${name}" must set securityContext.allowPrivilegeEscalation=false)`,
    );
  }
  if (!own.dropCapabilities?.includes("ALL")) {
    violations.push(
      `unrestricted capabilities (container "${name}" must set securityContext.capabilities.drop=["ALL"])`,
    );
  }
  if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) {
    violations.push(`runAsNonRoot != true (pod or container "${name}" must set securityContext.runAsNonRoot=true)`);
  }
  if (!["RuntimeDefault", "Localhost"].includes(own.seccompType ?? pod.seccompType ?? "")) {
    violations.push(
      `seccompProfile (pod or container "${name}" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    );
  }
  return violations;
}
