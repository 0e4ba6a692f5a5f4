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
    ...dataOf(found, known),
  });
  return {
    read: (state): Attributes | undefined => {
      const found = find(state);
      return found && attributesOf(found, state);
    },
    importState: (id) => ({ id, metadata: [type.placeOf(id)] }),
    create: (planned, config) => {
      const data = isWriteOnly(planned) ? textMap(config, "data_wo") : plannedData(planned);
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
  if (!isWriteOnly(planned)) return plannedData(planned);
  return prior.data_wo_revision === planned.data_wo_revision ? before?.data : textMap(config, "data_wo");
}

function isWriteOnly(attributes: Attributes): boolean {
  return count(attributes, "data_wo_revision", 0) > 0;
}

/** What is text, and what was given as base64: one map for the API. */
function plannedData(planned: Attributes): Record<string, string> {
  const binary = Object.entries(textMap(planned, "binary_data")).map(([key, text]) => [
    key,
    Buffer.from(text, "base64").toString("latin1"),
  ]);
  return { ...textMap(planned, "data"), ...(Object.fromEntries(binary) as Record<string, string>) };
}

/** As the provider reads it back: what was given as base64 is base64, and a write-only value is not read. */
function dataOf({ data = {} }: Stored<Secret>, known: Attributes): Attributes {
  if (isWriteOnly(known)) return { data: null };
  const binary = textMap(known, "binary_data");
  const isBinary = ([key]: [string, string]) => Object.hasOwn(binary, key);
  const encoded = Object.entries(data).filter(isBinary);
  return {
    data: Object.fromEntries(Object.entries(data).filter((entry) => !isBinary(entry))),
    ...(encoded.length > 0 && {
      binary_data: Object.fromEntries(
        encoded.map(([key, text]) => [key, Buffer.from(text, "latin1").toString("base64")]),
      ),
    }),
  };
}
