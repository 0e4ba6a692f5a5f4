import type { StateObjects } from "../terraform/state";

/** A password of an application, without its secret. */
export interface KnownPassword {
  readonly keyId: string;
  readonly displayName?: string | null;
}

/** A password that an apply made whose answer got lost: nothing can import it, and nobody knows its secret. */
export interface Orphan {
  readonly clientId: string;
  readonly keyId: string;
  /** `slot-2`. */
  readonly name: string;
}

/** Names that identity stacks give to passwords. */
const SLOT = /^slot-\d+$/;

/**
 * The passwords of a state's application that look like this stack's, and are in no state.
 *
 * @param list The passwords that an application has, by its object id.
 */
export async function orphansOf(
  state: StateObjects,
  list: (objectId: string) => Promise<readonly KnownPassword[]>,
): Promise<Orphan[]> {
  const known = new Set(objects(state, "azuread_application_password.").map(({ key_id: keyId }) => keyId));
  const found: Orphan[] = [];
  for (const { client_id: clientId, object_id: objectId } of objects(state, "azuread_application.")) {
    for (const { keyId, displayName } of await list(String(objectId))) {
      if (known.has(keyId) || !SLOT.test(displayName ?? "")) continue;
      found.push({ clientId: String(clientId), keyId, name: displayName ?? "" });
    }
  }
  return found;
}

function objects(state: StateObjects, start: string): Readonly<Record<string, unknown>>[] {
  return [...state].flatMap(([address, attributes]) => (address.startsWith(start) ? [attributes] : []));
}
