import type { Registry } from "./environment";
import type { Path } from "./problem";
import { PUSH_ROLES, grantsByRepository, pullRole } from "./roles";

/** Azure keeps one assignment of a role to a principal on a resource. */
export function roleClaim(registry: Registry, principal: string, role = pullRole(registry)): string {
  return `role ${role} of ${principal} on registry ${registry.name}`;
}

/** What is put on a registry, which other files may put something on as well. */
export function attachmentClaims(registry: Registry): { readonly path: Path; readonly what: string }[] {
  const { name, resourceGroup, lock, diagnostics, roles } = registry;
  const on = `of registry ${name}`;
  const named = (map: "webhooks" | "cacheRules" | "credentialSets", what: string) =>
    Object.entries<{ readonly name: string }>(registry[map] ?? {}).map(([key, entry]) => ({
      path: ["registry", map, key, "name"],
      what: `${what} ${entry.name} ${on}`,
    }));
  const pushRole = PUSH_ROLES[grantsByRepository(registry) ? "byRepository" : "byRegistry"];
  return [
    ...(lock ? [{ path: ["registry", "lock"], what: `lock ${on}` }] : []),
    ...(diagnostics ? [{ path: ["registry", "diagnostics"], what: `diagnostic setting ${on}` }] : []),
    ...named("webhooks", "webhook"),
    ...named("cacheRules", "cache rule"),
    ...Object.entries(registry.cacheRules ?? {}).map(([key, { repository }]) => ({
      path: ["registry", "cacheRules", key, "repository"],
      what: `cache rule for ${repository} ${on}`,
    })),
    ...named("credentialSets", "credential set"),
    ...Object.entries(registry.tokens ?? {}).map(([key, token]) => ({
      path: ["registry", "tokens", key, "name"],
      what: `token ${token.name} ${on}`,
    })),
    ...Object.entries(registry.privateEndpoints ?? {}).map(([key, { name: own, resourceGroup: group }]) => ({
      path: ["registry", "privateEndpoints", key, "name"],
      what: `private endpoint ${own} in resource group ${group ?? resourceGroup.name}`,
    })),
    ...(["push", "pull"] as const).flatMap((list) =>
      (roles?.[list] ?? []).map((id, index) => ({
        path: ["registry", "roles", list, index],
        what: roleClaim(registry, `principal ${id}`, list === "push" ? pushRole : pullRole(registry)),
      })),
    ),
  ];
}
