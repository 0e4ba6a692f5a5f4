import { roleDefinitionId, roleNameOf } from "../../clouds/roles";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError, UNKNOWN } from "../../sdk/model";
import { importBy, optionalText, text } from "../values";
import type { AzurermContext } from "./context";

export function roleAssignment(context: AzurermContext): ResourceModel {
  const { arm } = context;
  const read = (state: Attributes): Attributes | undefined => {
    const found = arm.roles.get(text(state, "id"));
    return (
      found && {
        name: found.name,
        scope: found.scope,
        role_definition_name: found.roleName,
        role_definition_id: roleDefinitionId(context.subscriptionId, found.roleName),
        principal_id: found.principalId,
        principal_type: found.principalType,
        condition: found.condition ?? null,
      }
    );
  };
  return {
    checkPlan: (planned) => {
      const condition = planned.condition ?? null;
      if (condition === null && optionalText(planned, "condition_version") !== undefined) {
        throw new CloudError("`condition_version` should not be set without `condition`");
      }
      const principal = planned.principal_id;
      if (
        principal !== UNKNOWN &&
        !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text(planned, "principal_id"))
      ) {
        throw new CloudError(`expected "principal_id" to be a valid UUID, got ${text(planned, "principal_id")}`);
      }
    },
    read,
    importState: importBy(read),
    create: (planned) => {
      const scope = text(planned, "scope");
      const roleName = optionalText(planned, "role_definition_name") ?? roleNameOf(text(planned, "role_definition_id"));
      const definition = roleDefinitionId(context.subscriptionId, roleName);
      const condition = optionalText(planned, "condition");
      arm.assertExists(scope);
      arm.locks.assertUnlocked(scope, "write");
      const assigned = arm.roles.assign(
        {
          scope,
          roleName,
          principalId: text(planned, "principal_id"),
          principalType: optionalText(planned, "principal_type") ?? skippedCheck(planned),
          condition,
        },
        optionalText(planned, "name"),
      );
      return {
        id: assigned.id,
        name: assigned.name,
        principal_type: assigned.principalType,
        role_definition_name: roleName,
        role_definition_id: optionalText(planned, "role_definition_id") ?? definition,
        condition_version: optionalText(planned, "condition_version") ?? (condition === undefined ? "" : "2.0"),
      };
    },
    delete: (state) => {
      const id = text(state, "id");
      arm.locks.assertUnlocked(id, "delete");
      arm.roles.delete(id);
    },
  };
}

function skippedCheck(planned: Attributes): string | undefined {
  return planned.skip_service_principal_aad_check === true ? "ServicePrincipal" : undefined;
}
