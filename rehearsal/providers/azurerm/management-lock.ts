import type { ResourceModel } from "../../sdk/model";
import { alreadyExists, text } from "../values";
import type { AzurermContext } from "./context";

/** A lock: whatever changes replaces it. */
export function managementLock({ arm }: AzurermContext): ResourceModel {
  return {
    read: (state) => (arm.locks.get(text(state, "id")) ? {} : undefined),
    create: (planned) => {
      const [scope, name, level] = [text(planned, "scope"), text(planned, "name"), text(planned, "lock_level")];
      arm.assertExists(scope);
      const id = `${scope}/providers/Microsoft.Authorization/locks/${name}`;
      if (arm.locks.get(id)) throw alreadyExists("azurerm_management_lock", id);
      arm.locks.add({ id, name, scope, level });
      return { id };
    },
    delete: (state) => {
      arm.locks.delete(text(state, "id"));
    },
  };
}
