import type { Secret } from "../../clouds/kubernetes-objects";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { count, flag, optionalText, text, textMap } from "../values";
import type { Connection } from "./connection";
import { createdMetadata, idOf, importedMetadata, metadataOf } from "./metadata";

/** `data` is plain text. `data_wo` counts only together with `data_wo_revision`: without it the secret is empty. */
export function secret(connection: Connection): ResourceModel {
  return {
    read: (state): Attributes | undefined => {
      const found = connection.cluster.secrets.get(...place(text(state, "id")));
      if (!found || isWriteOnly(state)) return found && { type: found.type };
      return { type: found.type, data: found.data };
    },
    importState: importedMetadata,
    create: (planned, config) => {
      const object = secretOf(planned, isWriteOnly(planned) ? textMap(config, "data_wo") : textMap(planned, "data"));
      connection.cluster.createSecret(object);
      const data = isWriteOnly(planned) ? null : object.data;
      return { id: idOf(object), ...createdMetadata(planned, connection), data };
    },
    update: (prior, planned, config) => {
      connection.cluster.replaceSecret(secretOf(planned, newData(connection, prior, planned, config)));
      return {};
    },
    delete: (state) => {
      connection.cluster.secrets.delete(...place(text(state, "id")));
    },
  };
}

/** A write-only value is sent again only when its revision changes. */
function newData(connection: Connection, prior: Attributes, planned: Attributes, config: Attributes): Secret["data"] {
  if (!isWriteOnly(planned)) return textMap(planned, "data");
  if (prior.data_wo_revision !== planned.data_wo_revision) return textMap(config, "data_wo");
  return connection.cluster.secrets.get(...place(text(prior, "id")))?.data ?? {};
}

function secretOf(planned: Attributes, data: Secret["data"]): Secret {
  const type = optionalText(planned, "type") ?? "Opaque";
  return { ...metadataOf(planned), type, data, immutable: flag(planned, "immutable") };
}

function isWriteOnly(attributes: Attributes): boolean {
  return count(attributes, "data_wo_revision", 0) > 0;
}

function place(id: string): [namespace: string, name: string] {
  const [namespace = "", name = ""] = id.split("/");
  return [namespace, name];
}
