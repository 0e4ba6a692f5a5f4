import type { Secret, Stored } from "../../clouds/kubernetes/api-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { count, flag, text, textMap } from "../values";
import { ApiType } from "./api-object";
import type { Connection } from "./connection";
import { named } from "./named";

/** `data` is plain text. `data_wo` counts only together with `data_wo_revision`: without it the secret is empty. */
export function secret(connection: Connection): ResourceModel {
  const type = new ApiType<Secret>(connection.ignored, "kubernetes_secret_v1");
  const find = (state: Attributes) => {
    const { namespace, name } = type.placeOf(text(state, "id"));
    return connection.cluster.secrets.get(namespace, name);
  };
  const secretOf = (planned: Attributes, data: Secret["data"]): Secret => ({
    ...type.objectOf(planned),
    ...{ type: text(planned, "type"), data, immutable: flag(planned, "immutable") },
  });
  const attributesOf = (found: Stored<Secret>, known: Attributes): Attributes => ({
    ...type.attributesOf(found, known),
    ...{ type: found.type ?? "", immutable: found.immutable ?? false },
    // A write-only value is not read back.
    data: isWriteOnly(known) ? null : (found.data ?? {}),
  });
  return {
    read: (state): Attributes | undefined => {
      const found = find(state);
      return found && attributesOf(found, state);
    },
    importState: (id) => ({ id, metadata: [type.placeOf(id)] }),
    create: (planned, config) => {
      const data = isWriteOnly(planned) ? textMap(config, "data_wo") : textMap(planned, "data");
      return attributesOf(connection.cluster.secrets.create(secretOf(planned, data)), planned);
    },
    update: (prior, planned, config) => {
      const before = find(prior);
      const sent = type.withForeign(secretOf(planned, newData(before, prior, planned, config)), prior, before);
      return attributesOf(
        named("update secret", () => connection.cluster.secrets.replace(sent)),
        planned,
      );
    },
    delete: (state) => {
      const { namespace, name } = type.placeOf(text(state, "id"));
      connection.cluster.secrets.delete(namespace, name);
    },
  };
}

/** A write-only value is sent again only when its revision changes. */
function newData(
  before: Secret | undefined,
  prior: Attributes,
  planned: Attributes,
  config: Attributes,
): Secret["data"] {
  if (!isWriteOnly(planned)) return textMap(planned, "data");
  return prior.data_wo_revision === planned.data_wo_revision ? before?.data : textMap(config, "data_wo");
}

function isWriteOnly(attributes: Attributes): boolean {
  return count(attributes, "data_wo_revision", 0) > 0;
}
