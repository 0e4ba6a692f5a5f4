import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import type { Text } from "../config/text";
import { literal } from "./literal";
import { repositoryCondition } from "./repository-condition";

export interface RegistryRoleProps {
  /** Azure resource id of the registry: the scope of the role, and nothing wider. */
  readonly registryId: string;
  /** Object id of the principal; not the client id. */
  readonly principalId: string;
  /** Name of the role. @default - AcrPull; with `repositories` Container Registry Repository Reader */
  readonly role?: Text | undefined;
  /** For registries that ignore AcrPull: the only repositories that may be read. @default - the role has no condition */
  readonly repositories?: readonly string[];
}

/** Lets a principal pull from one registry. */
export class RegistryRole extends Construct {
  constructor(scope: Construct, id: string, { registryId, principalId, role, repositories }: RegistryRoleProps) {
    super(scope, id);
    new RoleAssignment(this, "assignment", {
      scope: registryId,
      roleDefinitionName: role ? literal(role) : repositories ? "Container Registry Repository Reader" : "AcrPull",
      principalId,
      // Spares the check that fails while a new principal is still unknown to some of Azure. Managed identities count too.
      principalType: "ServicePrincipal",
      condition: repositories && repositoryCondition(repositories),
      conditionVersion: repositories && "2.0",
    });
  }
}
