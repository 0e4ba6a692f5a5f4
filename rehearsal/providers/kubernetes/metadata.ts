import type { KubernetesObject } from "../../clouds/kubernetes-objects";
import type { Attributes } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { block, optionalText, text, textMap } from "../values";
import type { Connection } from "./connection";

export function metadataOf(attributes: Attributes): KubernetesObject {
  const metadata = block(attributes, "metadata");
  return {
    namespace: optionalText(metadata, "namespace") ?? "default",
    name: text(metadata, "name"),
    labels: textMap(metadata, "labels"),
    annotations: textMap(metadata, "annotations"),
  };
}

/** @returns The block after creation. */
export function createdMetadata(planned: Attributes, { clouds, cluster }: Connection): Attributes {
  const metadata = block(planned, "metadata");
  const uid = clouds.ids.uuid(`${cluster.context}/${text(metadata, "name")}`);
  return { metadata: [{ uid, generation: 1, resource_version: "1" }] };
}

/** @returns `namespace/name`, the provider's id. */
export function idOf({ namespace, name }: KubernetesObject): string {
  return `${namespace}/${name}`;
}

/** @returns The block of an object that is imported: the part that leads to it. */
export function importedMetadata(id: string): Attributes {
  const [namespace, name] = id.split("/");
  if (name === undefined) throw new CloudError(`unexpected format of ID ("${id}"), expected "namespace/name"`);
  return { id, metadata: [{ namespace: namespace ?? null, name }] };
}
