import type { Json, NewObject, Stored } from "./api-object";
import { mergeApplied, type Manager, type Ownership } from "./server-side-apply";

type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Who has set which fields of the objects of a cluster. */
export class FieldManagers {
  /** By uid: an object that is made anew has none. */
  private readonly owners = new Map<string, Ownership>();

  /**
   * Merges what is sent into what is there, and remembers whose it is.
   * @param before The object as it is, undefined where there is none.
   * @param store Stores the merged object.
   */
  apply(
    sent: NewObject,
    before: Stored<NewObject> | undefined,
    manager: Manager,
    apiVersion: string,
    store: (merged: NewObject) => Stored<NewObject>,
  ): Stored<NewObject> {
    const known = (before && this.owners.get(before.metadata.uid)) ?? new Map<string, ReadonlySet<string>>();
    const { object, owners } = mergeApplied(
      { ...before } as JsonObject,
      known,
      sent as unknown as JsonObject,
      manager,
      apiVersion,
    );
    const stored = store(object as unknown as NewObject);
    this.owners.set(stored.metadata.uid, owners);
    return stored;
  }
}
