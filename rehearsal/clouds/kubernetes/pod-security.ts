import type { Container, PodSpec, PodTemplate } from "./api-object";
import { BASELINE, OVERRIDDEN } from "./pod-security-baseline";
import { RESTRICTED } from "./pod-security-restricted";

/**
 * Pod Security admission: https://kubernetes.io/docs/concepts/security/pod-security-standards/, in the words and the order of
 * k8s.io/pod-security-admission, version `latest`.
 */

export type Mode = "enforce" | "warn" | "audit";
type Labels = Readonly<Record<string, string>>;

/** The label by which a namespace asks for a level in a mode. */
export function modeLabel(mode: Mode): string {
  return `pod-security.kubernetes.io/${mode}`;
}

/** @returns What a namespace with these labels holds against a pod in this mode, or undefined where nothing. */
export function violation(labels: Labels | undefined, mode: Mode, { spec }: PodTemplate): string | undefined {
  const level = labels?.[modeLabel(mode)];
  if (level !== "baseline" && level !== "restricted") return undefined;
  const found = [...BASELINE, ...(level === "baseline" ? OVERRIDDEN : RESTRICTED)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, check]) => check(spec, containersOf(spec)))
    .filter((finding) => finding !== undefined);
  if (found.length === 0) return undefined;
  const version = labels?.[`${modeLabel(mode)}-version`] ?? "latest";
  const verb = mode === "enforce" ? "violates" : "would violate";
  return `${verb} PodSecurity "${level}:${version}": ${found.map(([reason, detail]) => `${reason} (${detail})`).join(", ")}`;
}

function containersOf({ initContainers = [], containers }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}
