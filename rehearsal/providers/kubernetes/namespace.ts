import type { ResourceModel } from "../../sdk/model";
import { text } from "../values";
import type { Connection } from "./connection";
import { createdMetadata, metadataOf } from "./metadata";

export function namespace(connection: Connection): ResourceModel {
  return {
    read: (state) => (connection.cluster.namespaces.get("", text(state, "id")) ? {} : undefined),
    importState: (id) => ({ id, metadata: [{ name: id }] }),
    create: (planned) => {
      const object = { ...metadataOf(planned), namespace: "" };
      connection.cluster.createNamespace(object);
      return { id: object.name, ...createdMetadata(planned, connection) };
    },
    update: (_prior, planned) => {
      connection.cluster.namespaces.replace({ ...metadataOf(planned), namespace: "" });
      return {};
    },
    delete: (state) => {
      connection.cluster.deleteNamespace(text(state, "id"));
    },
  };
}
