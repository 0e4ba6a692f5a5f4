import { createHash } from "node:crypto";
import { UNKNOWN, type Attributes } from "./model";

/**
 * Makes ids for objects of types without a model: the same for the same object in every run, told apart by a counter
 * where a server creates an equal object twice.
 */
export class IdSource {
  private readonly seen = new Map<string, number>();

  /** @returns `azurerm_key_vault-1f0c9a22`, then `azurerm_key_vault-1f0c9a22-2`. */
  next(type: string, planned: Attributes): string {
    const text = JSON.stringify(planned, (_, value: unknown) => (value === UNKNOWN ? null : value));
    const id = `${type}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
    const count = (this.seen.get(id) ?? 0) + 1;
    this.seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  }
}
