import { failed, ok, type Outcome } from "../check";
import type { AzureApi } from "./azure-api";
import type { RegistryResource, RoleDefinition } from "./azure-objects";

type Permission = NonNullable<RoleDefinition["properties"]["permissions"]>[number];

/** What a pull is to Azure, in the two modes of a registry: https://learn.microsoft.com/azure/role-based-access-control/permissions/containers */
const PULLS = {
  byRegistry: {
    action: "Microsoft.ContainerRegistry/registries/pull/read",
    needed: "AcrPull",
    allowed: ({ actions = [] }: Permission) => actions,
    withheld: ({ notActions = [] }: Permission) => notActions,
  },
  byRepository: {
    action: "Microsoft.ContainerRegistry/registries/repositories/content/read",
    needed: "Container Registry Repository Reader",
    allowed: ({ dataActions = [] }: Permission) => dataActions,
    withheld: ({ notDataActions = [] }: Permission) => notDataActions,
  },
} as const;

/**
 * Whether a principal has a role that pulls: at the registry or above it, by a group as well, built in or somebody's own.
 *
 * @param who As a sentence about the principal begins.
 * @throws {NotAllowed}
 */
export async function pullRight(
  azure: AzureApi,
  registry: RegistryResource,
  principalId: string,
  who: string,
): Promise<Outcome> {
  const assignments = await azure.roleAssignments(registry.id, principalId);
  const found = await Promise.all(
    assignments.map(async ({ properties: { roleDefinitionId, condition } }) => ({
      role: await azure.roleDefinition(roleDefinitionId),
      condition,
    })),
  );
  const mode = registry.properties.roleAssignmentMode === "AbacRepositoryPermissions" ? "byRepository" : "byRegistry";
  const granting = found.find(({ role }) => role && pulls(role, mode));
  if (granting?.role) {
    const where = granting.condition ? ", on a condition" : "";
    return ok(`${who} has ${granting.role.properties.roleName}${where}`);
  }
  const names = found.flatMap(({ role }) => role?.properties.roleName ?? []);
  const isIgnored = mode === "byRepository" && found.some(({ role }) => role && pulls(role, "byRegistry"));
  return failed(
    isIgnored ? "role-ignored" : "role-missing",
    `${who} has ${names.join(", ") || "no role"} on the registry, and needs ${PULLS[mode].needed}`,
  );
}

function pulls({ properties: { permissions = [] } }: RoleDefinition, mode: keyof typeof PULLS): boolean {
  const { action, allowed, withheld } = PULLS[mode];
  const holds = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, action));
  return permissions.some((permission) => holds(allowed(permission)) && !holds(withheld(permission)));
}

/** @param pattern As roles have them: `*` is any text, and case does not count. */
function matches(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(action);
}
