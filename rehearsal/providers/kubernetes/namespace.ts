import type { Namespace } from "../../clouds/kubernetes/api-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { text } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";

export function namespace(connection: Connection): ResourceModel {
  const type = new ApiType<Namespace>(connection.ignored, "kubernetes_namespace_v1", false);
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
    update: (prior, planned) => {
      const { namespaces } = connection.cluster;
      const before = namespaces.require(undefined, text(prior, "id"));
      const { metadata } = type.withForeign(type.objectOf(planned), prior, before);
      return type.attributesOf(namespaces.replace({ ...before, metadata }), planned);
    },
    delete: (state) => {
      connection.cluster.deleteNamespace(text(state, "id"));
    },
  };
}
