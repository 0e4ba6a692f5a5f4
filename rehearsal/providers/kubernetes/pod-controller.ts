import type { PodController } from "../../clouds/kubernetes/api-object";
import type { Kind } from "../../clouds/kubernetes/kinds";
import type { Progress } from "../../clouds/kubernetes/rollout-progress";
import { CloudError, type ResourceModel } from "../../sdk/model";
import { flag } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";
import { storedObject } from "./stored-object";

export interface PodControllerProps {
  readonly type: string;
  readonly kind: Kind;
  /** Whether the provider waits for the pods, or the argument that says it. */
  readonly waits: "always" | "never" | { readonly by: string };
  /** What the provider says where not all pods run in time. @param place `namespace/name`. */
  readonly words: (place: string, progress: Progress) => string;
}

/** A resource that makes pods, and is waited for. */
export function podController(connection: Connection, { type, kind, waits, words }: PodControllerProps): ResourceModel {
  const api = new ApiType<PodController>(connection.ignored, type);
  return storedObject(connection, type, kind, {
    onStored: (planned, partial) => {
      const object = api.whole(planned);
      const progress = connection.cluster.runPods(kind, object);
      const isWaitedFor = typeof waits === "string" ? waits === "always" : flag(planned, waits.by);
      if (progress.isComplete || !isWaitedFor) return;
      const { namespace = "", name } = object.metadata;
      const causes = connection.cluster.causes(namespace, name, kind);
      throw new CloudError(words(`${namespace}/${name}`, progress), partial, causes);
    },
    remove: (namespace, name) => {
      connection.cluster.deletePodController(kind, namespace, name);
    },
  });
}
