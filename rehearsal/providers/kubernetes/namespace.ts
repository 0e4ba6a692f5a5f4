import type { Namespace } from "../../clouds/kubernetes/api-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";

export function namespace(connection: Connection): ResourceModel {
  const type = new ApiType<Namespace>("kubernetes_namespace_v1", false);
  return {
    read: (state): Attributes | undefined => {
      const found = connection.cluster.namespaces.get(undefined, text(state, "id"));
      return found && type.attributesOf(found, state);
    },
    importState: (id) => ({ id, metadata: [{ name: id }] }),
    create: (planned) => {
      const created = connection.cluster.createNamespace(type.objectOf(planned).metadata);
      return type.attributesOf(created, planned);
    },
    update: (_prior, planned) => {
      const { namespaces } = connection.cluster;
      const sent = type.objectOf(planned);
      const labels = { "kubernetes.io/metadata.name": sent.metadata.name, ...sent.metadata.labels };
      const before = namespaces.require(undefined, sent.metadata.name);
      return type.attributesOf(namespaces.replace({ ...before, metadata: { ...sent.metadata, labels } }), planned);
    },
    delete: (state) => {
      connection.cluster.deleteNamespace(text(state, "id"));
    },
  };
}
