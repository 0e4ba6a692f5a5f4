import { ById, covers } from "./arm-ids";
import { httpError } from "./http-error";

export interface ManagementLock {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /** `CanNotDelete` or `ReadOnly`. */
  readonly level: string;
}

/** Management locks. A lock also holds what lies under its scope: role assignments, tokens, scope maps. */
export class Locks extends ById<ManagementLock> {
  /** @throws CloudError where a lock forbids the operation. */
  assertUnlocked(id: string, operation: "delete" | "write"): void {
    const lock = this.values().find(
      ({ scope, level }) => covers(scope, id) && (operation === "delete" || level === "ReadOnly"),
    );
    if (!lock) return;
    throw httpError(
      409,
      "ScopeLocked",
      `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: '${lock.scope}'. Please remove the lock and try again.`,
    );
  }
}
