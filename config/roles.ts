import type { Registry } from "./environment";
import { assertNever } from "./never";

/** Whether the registry ignores AcrPull, and grants by repository. */
export function grantsByRepository(registry: Registry): boolean {
  switch (registry.kind) {
    case "created":
      return false;
    case "adopted":
      return registry.repositoryPermissions;
    default:
      return assertNever(registry);
  }
}

/** Name of the role that lets a principal pull, where the file names none. */
export function pullRole(registry: Registry): string {
  return grantsByRepository(registry) ? "Container Registry Repository Reader" : "AcrPull";
}
