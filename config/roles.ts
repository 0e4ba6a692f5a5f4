import type { Registry } from "./environment";
import { assertNever } from "./never";

/** Whether the registry ignores AcrPull, and grants by repository. */
export function grantsByRepository(registry: Registry): boolean {
  switch (registry.kind) {
    case "created":
      return registry.repositoryPermissions === true;
    case "adopted":
      return registry.repositoryPermissions;
    default:
      return assertNever(registry);
  }
}

/** Roles that let a principal pull, in the two modes of a registry. */
export const PULL_ROLES = { byRegistry: "AcrPull", byRepository: "Container Registry Repository Reader" } as const;

/** Those that let it push as well. */
export const PUSH_ROLES = { byRegistry: "AcrPush", byRepository: "Container Registry Repository Writer" } as const;

/** Name of the role that lets a principal pull, where the file names none. */
export function pullRole(registry: Registry): string {
  return PULL_ROLES[grantsByRepository(registry) ? "byRepository" : "byRegistry"];
}
