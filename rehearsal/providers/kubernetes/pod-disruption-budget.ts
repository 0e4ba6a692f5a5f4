import type { NewObject } from "../../clouds/kubernetes/api-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";

export function podDisruptionBudget(connection: Connection): ResourceModel {
  const type = new ApiType<NewObject>("kubernetes_pod_disruption_budget_v1");
  const find = (state: Attributes) => {
    const { namespace, name } = type.placeOf(text(state, "id"));
    return connection.cluster.podDisruptionBudgets.get(namespace, name);
  };
  return {
    read: (state): Attributes | undefined => {
      const found = find(state);
      return found && type.attributesOf(found, state, "spec");
    },
    importState: (id) => ({ id, metadata: [type.placeOf(id)] }),
    create: (planned) => {
      const created = connection.cluster.podDisruptionBudgets.create(type.objectOf(planned, "spec"));
      return type.attributesOf(created, planned, "spec");
    },
    update: (_prior, planned) => {
      const changed = connection.cluster.podDisruptionBudgets.replace(type.objectOf(planned, "spec"));
      return type.attributesOf(changed, planned, "spec");
    },
    delete: (state) => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      connection.cluster.podDisruptionBudgets.delete(namespace, name);
    },
  };
}
