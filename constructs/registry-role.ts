import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import { isRole, roleLookup, type RoleOf } from "../bindings/lookups";
import { PULL_ROLES, PUSH_ROLES } from "../config/roles";
import type { Text } from "../config/text";
import { AdoptedResource, type Assertion } from "./adopted-resource";
import { literal } from "./literal";
import { repositoryCondition } from "./repository-condition";

export interface RegistryRoleProps {
  /** Azure resource id of the registry: the scope of the role, and nothing wider. */
  readonly registryId: string;
  /** Object id of the principal; not the client id. */
  readonly principalId: string;
  /** Name of the role. @default - AcrPull; with `repositories` Container Registry Repository Reader */
  readonly role?: Text | undefined;
  /** Whether it pushes as well. @default false */
  readonly push?: boolean;
  /** For registries that ignore AcrPull: the only repositories that it may use. @default - the role has no condition */
  readonly repositories?: readonly string[] | undefined;
  /** Whether it is an application or a managed identity, as opposed to nobody knows what. @default true */
  readonly isApplication?: boolean;
  /** Assigned by hand to this principal, so that the next apply imports it. @default - it is made here */
  readonly adopt?: AdoptedRole | undefined;
}

export interface AdoptedRole {
  /** Whose role it is, for people. */
  readonly of: string;
  /** Expression: the object id of the principal, where data know it while Terraform plans; else none. */
  readonly principals: string;
}

/** Lets a principal pull from one registry, or push to it. */
export class RegistryRole extends Construct {
  constructor(scope: Construct, id: string, props: RegistryRoleProps) {
    super(scope, id);
    const { registryId, principalId, role, push = false, repositories, isApplication = true, adopt } = props;
    const roles = push ? PUSH_ROLES : PULL_ROLES;
    const roleDefinitionName = role ? literal(role) : roles[repositories ? "byRepository" : "byRegistry"];
    const assignment = new RoleAssignment(this, "assignment", {
      scope: registryId,
      roleDefinitionName,
      principalId,
      // Spares the check that fails while a new principal is still unknown to some of Azure. Managed identities count too.
      principalType: isApplication ? "ServicePrincipal" : undefined,
      condition: repositories && repositoryCondition(repositories, push),
      conditionVersion: repositories && "2.0",
    });
    if (!adopt) return;
    const of = { scope: registryId, role: roleDefinitionName, principals: adopt.principals };
    new AdoptedResource(this, "adopted", {
      resource: assignment,
      what: `role ${roleDefinitionName} of ${adopt.of} on the registry itself`,
      object: (data) => roleLookup(data, of),
      warnings: (data) => [otherRoles(data, of)],
    });
  }
}

/** Those that somebody gave the principal as well, of a wider scope for one, and that nothing here takes away. */
function otherRoles(data: string, of: RoleOf): Assertion {
  const others = `[for a in data.azurerm_role_assignments.${data}.role_assignments : a.role_assignment_id if contains(${of.principals}, a.principal_id) && !(${isRole("a", data)})]`;
  return {
    condition: `\${length(${others}) == 0}`,
    errorMessage: `The adopted principal has more roles than the one that is managed here. Where it needs none of them: az role assignment delete --ids \${join(" ", ${others})}`,
  };
}
