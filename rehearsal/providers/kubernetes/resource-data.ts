import type { NewObject, Stored } from "../../clouds/kubernetes/api-object";
import { KINDS, type Kind } from "../../clouds/kubernetes/kinds";
import { CloudError, type Attributes, type ReadModel, type Value } from "../../sdk/model";
import { block, optionalText, text } from "../values";
import type { Connection } from "./connection";

/** Any object of the cluster as it is, with its status. */
export function resourceData(connection: Connection): ReadModel {
  return {
    read: (config): Attributes => {
      const [apiVersion, kind] = [text(config, "api_version"), text(config, "kind")];
      const metadata = block(config, "metadata");
      const place = { namespace: optionalText(metadata, "namespace") ?? "default", name: text(metadata, "name") };
      const known = kindOf(apiVersion, kind);
      const found = find(connection, kind, place);
      if (!found) throw new CloudError(`Failed to get data source\n\n${known.plural} "${place.name}" not found`);
      return { object: asRead(found) };
    },
  };
}

/** All objects of a kind in a namespace, or those that a selector of their names leaves. */
export function resourcesData(connection: Connection): ReadModel {
  return {
    read: (config): Attributes => {
      const kind = kindOf(text(config, "api_version"), text(config, "kind"));
      const namespace = optionalText(config, "namespace");
      const name = /^metadata\.name=(.*)$/.exec(optionalText(config, "field_selector") ?? "")?.[1];
      const { cluster } = connection;
      const objects = [cluster.namespaces, ...cluster.api.namespaced].find((one) => one.kind === kind)?.values() ?? [];
      const listed = objects.filter(
        ({ metadata }) =>
          (namespace === undefined || metadata.namespace === namespace) &&
          (name === undefined || metadata.name === name),
      );
      return { objects: listed.map(asRead) };
    },
  };
}

/** @throws CloudError for a kind that the cluster does not know. */
function kindOf(apiVersion: string, kind: string): Kind {
  const known = Object.values(KINDS).find((one) => one.kind === kind && one.apiVersion === apiVersion);
  if (known) return known;
  throw new CloudError(
    `Failed to determine resource GroupVersion\n\nno matches for kind "${kind}" in version "${apiVersion}"`,
  );
}

function find(
  { cluster }: Connection,
  kind: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Stored<NewObject> | undefined {
  if (kind === KINDS.deployment.kind) return cluster.deployment(namespace, name);
  return [cluster.namespaces, ...cluster.api.namespaced]
    .find((objects) => objects.kind.kind === kind)
    ?.get(namespace, name);
}

/** As the provider reads an object by the API's own description of it: what is not there is null. Here, in selectors alone. */
function asRead(object: object): Value {
  const json = JSON.stringify(object, (key, value: unknown) =>
    key === "selector" && typeof value === "object" && value !== null && "matchLabels" in value
      ? { matchExpressions: null, ...value }
      : value,
  );
  return JSON.parse(json) as Value;
}
