import type { Attributes, ResourceModel } from "../../plugin/model";
import { alreadyExists, importBy, text } from "../values";
import type { AzurermContext } from "./context";

export function managementLock({ arm }: AzurermContext): ResourceModel {
  const read = (state: Attributes): Attributes | undefined => {
    const lock = arm.locks.get(text(state, "id"));
    return lock && { name: lock.name, scope: lock.scope, lock_level: lock.level };
  };
  return {
    replaces: ["name", "scope", "lock_level", "notes"],
    read,
    importState: importBy(read),
    create: (planned) => {
      const [scope, name] = [text(planned, "scope"), text(planned, "name")];
      const id = `${scope}/providers/Microsoft.Authorization/locks/${name}`;
      arm.assertExists(scope);
      if (arm.locks.get(id)) throw alreadyExists("azurerm_management_lock", id);
      arm.locks.add({ id, name, scope, level: text(planned, "lock_level") });
      return { id };
    },
    delete: (state) => {
      arm.locks.delete(text(state, "id"));
    },
  };
}
