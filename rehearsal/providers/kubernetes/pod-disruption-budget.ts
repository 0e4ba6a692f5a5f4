import type { ResourceModel } from "../../sdk/model";
import type { Connection } from "./connection";
import { createdMetadata, idOf, importedMetadata, metadataOf } from "./metadata";

export function podDisruptionBudget(connection: Connection): ResourceModel {
  return {
    read: (state) => {
      const { namespace, name } = metadataOf(state);
      return connection.cluster.podDisruptionBudgets.get(namespace, name) ? {} : undefined;
    },
    importState: importedMetadata,
    create: (planned) => {
      const object = metadataOf(planned);
      connection.cluster.assertNamespace(object.namespace);
      connection.cluster.podDisruptionBudgets.create(object);
      return { id: idOf(object), ...createdMetadata(planned, connection) };
    },
    update: (_prior, planned) => {
      connection.cluster.podDisruptionBudgets.replace(metadataOf(planned));
      return {};
    },
    delete: (state) => {
      const { namespace, name } = metadataOf(state);
      connection.cluster.podDisruptionBudgets.delete(namespace, name);
    },
  };
}
