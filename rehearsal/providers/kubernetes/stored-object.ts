import type { NewObject, Stored } from "../../clouds/kubernetes/api-object";
import type { Kind } from "../../clouds/kubernetes/kinds";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";

/** What one type does beside being stored. */
export interface StoredObjectProps {
  /** Called when the object is stored. @throws CloudError where what follows from it fails; `partial` is what exists then. */
  readonly onStored?: (planned: Attributes, partial: Attributes) => void;
  /** Takes the object away. @default - it is taken out of the store */
  readonly remove?: (namespace: string, name: string) => void;
  /** What of the object others may have changed. @default - nothing is read back */
  readonly reads?: (object: Stored<NewObject>) => Attributes;
}

/** A resource that is an object of the API server: checked, stored, missed when it is gone, and hardly read back. */
export function storedObject(
  connection: Connection,
  typeName: string,
  kind: Kind,
  { onStored, remove, reads }: StoredObjectProps = {},
): ResourceModel {
  const type = new ApiType<NewObject>(connection.ignored, typeName, kind.isNamespaced);
  const objects = () => connection.cluster.api.of<NewObject>(kind);
  const stored = (planned: Attributes, create: boolean): Attributes => {
    const sent = type.whole(planned);
    const { metadata } = create ? objects().create(sent) : objects().replace(sent);
    const { uid, resourceVersion, generation = 0, namespace = "", name } = metadata;
    const result = {
      id: kind.isNamespaced ? `${namespace}/${name}` : name,
      metadata: [{ uid, resource_version: resourceVersion, generation }],
    };
    onStored?.(planned, result);
    return result;
  };
  return {
    read: (state): Attributes | undefined => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      const found = objects().get(namespace, name);
      return found && (reads?.(found) ?? {});
    },
    importState: (id) => {
      const { namespace, name } = type.placeOf(id);
      const found = objects().get(kind.isNamespaced ? namespace : undefined, name);
      // What is not there, the read that follows misses.
      return found ? type.imported(found) : { id, metadata: [type.placeOf(id)] };
    },
    create: (planned) => stored(planned, true),
    update: (_prior, planned) => stored(planned, false),
    delete: (state) => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      if (remove) remove(namespace, name);
      else objects().delete(namespace, name);
    },
  };
}
