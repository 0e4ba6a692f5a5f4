import type { Container, PodSpec } from "./api-object";

/** What the checks of Pod Security have in common. */

/** A rule that a pod breaks, and how. */
export type Finding = readonly [reason: string, detail: string];

/** A check by its id, which orders the findings. */
export type Check = readonly [
  id: string,
  check: (spec: PodSpec, containers: readonly Container[]) => Finding | undefined,
];

export const quoted = (items: readonly string[]) => items.map((item) => `"${item}"`).join(", ");
export const unique = (items: readonly string[]) => [...new Set(items)].sort();
export const names = (containers: readonly Container[]) =>
  `${containers.length === 1 ? "container" : "containers"} ${quoted(containers.map(({ name }) => name))}`;

/** @returns Who of a pod and its containers sets something, undefined where nobody does. */
export function setters(pod: boolean, bad: readonly Container[]): string | undefined {
  const list = [...(pod ? ["pod"] : []), ...(bad.length > 0 ? [names(bad)] : [])];
  return list.length === 0 ? undefined : list.join(" and ");
}

const SECCOMP = new Set(["RuntimeDefault", "Localhost"]);

/** A profile that neither level allows. */
export function badSeccomp({ securityContext: pod }: PodSpec, containers: readonly Container[]): Finding | undefined {
  const badType = (context: PodSpec["securityContext"]) => {
    const profile = context?.seccompProfile;
    return profile && !SECCOMP.has(profile.type ?? "") ? [profile.type ?? ""] : [];
  };
  const bad = containers.filter(({ securityContext }) => badType(securityContext).length > 0);
  const who = setters(badType(pod).length > 0, bad);
  if (who === undefined) return undefined;
  const types = unique([pod, ...bad.map(({ securityContext }) => securityContext)].flatMap(badType));
  return ["seccompProfile", `${who} must not set securityContext.seccompProfile.type to ${quoted(types)}`];
}
