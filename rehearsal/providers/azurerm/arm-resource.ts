import type { Attributes, ResourceModel } from "../../sdk/model";
import { alreadyExists, text } from "../values";
import type { AzurermContext } from "./context";

export interface ArmResourceProps {
  /** Its Terraform type. */
  readonly type: string;
  /** What it belongs to, which has to be there. */
  readonly parentOf: (planned: Attributes) => string;
  readonly idOf: (planned: Attributes) => string;
}

/** A resource that does nothing by itself: it is there until it is deleted, which a lock above it forbids. */
export function armResource({ arm }: AzurermContext, { type, parentOf, idOf }: ArmResourceProps): ResourceModel {
  return {
    read: (state) => (arm.others.get(text(state, "id")) ? {} : undefined),
    create: (planned) => {
      arm.assertExists(parentOf(planned));
      const id = idOf(planned);
      if (arm.others.get(id)) throw alreadyExists(type, id);
      arm.others.add({ id });
      return { id };
    },
    update: () => ({}),
    delete: (state) => {
      const id = text(state, "id");
      // Some ids of the provider are what it belongs to, and a name after a bar.
      arm.locks.assertUnlocked(id.replace(/\|.*/, ""), "delete");
      arm.others.delete(id);
    },
  };
}
