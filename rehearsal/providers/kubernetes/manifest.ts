import { isDeepStrictEqual } from "node:util";
import type { NewObject, Stored } from "../../clouds/kubernetes/api-object";
import type { CustomKind } from "../../clouds/kubernetes/custom-kinds";
import { ApplyConflict, type Manager } from "../../clouds/kubernetes/server-side-apply";
import { CloudError, UNKNOWN, type Attributes, type Planned, type PlanningModel, type Value } from "../../sdk/model";
import { asObject } from "../../sdk/shape";
import { block, flag, optionalText, seconds } from "../values";
import type { Connection } from "./connection";
import { assertFits, completed, isUnstructured, objectSchema, sentOf, stateOf, valueAt } from "./manifest-object";
import { computedFields, planManifest, withComputed, type ObjectPlan } from "./manifest-plan";
import { waitOf } from "./manifest-wait";

/** Of each operation, where the configuration says nothing else. */
const TIMEOUT = "10m";

/**
 * Any object of the API server by its manifest, in the words of hashicorp/kubernetes 2.38.0, manifest/provider. It is no resource
 * on SDK v2: it asks the cluster for the kind when it plans, and applies on the server's side.
 */
export function manifest(connection: Connection): PlanningModel {
  return {
    validate,
    plan: (config, prior) => plan(connection, config, prior),
    create: (planned) => {
      const { kind, object } = found(connection, planned.object ?? null);
      const { namespace, name } = placeOf(object);
      if (connection.cluster.api.of(kind).get(namespace, name)) {
        throw new CloudError(
          `Cannot create resource that already exists\n\nresource "${placeText(object)}" already exists`,
        );
      }
      return apply(connection, planned, "create");
    },
    update: (_prior, planned) => apply(connection, planned, "update"),
    read: (state) => {
      const { kind, object } = found(connection, state.object ?? null);
      const { namespace, name } = placeOf(object);
      const now = connection.cluster.api.of(kind).get(namespace, name);
      return now && { ...state, object: stateOf(objectSchema(kind.schema, state.manifest ?? null), now) };
    },
    delete: (state) => {
      const { kind, object } = found(connection, state.object ?? null);
      const { namespace, name } = placeOf(object);
      if (connection.cluster.deleteObject(kind, namespace, name)) return;
      throw new CloudError(
        `Timed out when waiting for resource "${name}" to be deleted\n\nDeletion timed out. This can happen when there is a finalizer on a resource. You may need to delete this resource manually with kubectl.`,
      );
    },
    importState: (id) => importBy(connection, id),
  };
}

function validate({ manifest: written = null, ...config }: Attributes): void {
  const fields = asObject(written);
  if (!fields) return;
  for (const key of ["apiVersion", "kind", "metadata"]) {
    if (key in fields) continue;
    throw new CloudError(
      `Attribute key missing from "manifest" value\n\n'${key}' attribute key is missing from manifest configuration`,
    );
  }
  if ("status" in fields) {
    throw new CloudError(
      `Forbidden attribute key in "manifest" value\n\n'status' attribute key is not allowed in manifest configuration`,
    );
  }
  const wait = block(config, "wait");
  const waiters = Object.entries(wait)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);
  if (waiters.length <= 1) return;
  throw new CloudError(`Invalid wait configuration\n\nYou may only set one of "${waiters.join('", "')}".`);
}

function plan(connection: Connection, config: Attributes, prior: Attributes | undefined): Planned {
  const wanted: Value = config.manifest ?? null;
  // What is not known as a whole is not looked at before it is.
  if (wanted === UNKNOWN) return { planned: { ...config, object: UNKNOWN }, replaced: [] };
  const { kind } = found(connection, wanted);
  assertPlace(kind, wanted);
  const computed = computedFields(config);
  const earlier: ObjectPlan["prior"] = asObject(prior?.object) && {
    manifest: prior?.manifest ?? null,
    object: prior?.object ?? null,
  };
  if (isUnstructured(kind.schema)) {
    const object = earlier && isDeepStrictEqual(earlier.manifest, wanted) ? earlier.object : wanted;
    return { planned: { ...config, object }, replaced: [["manifest"], ["object"]] };
  }
  const schema = objectSchema(kind.schema, wanted);
  assertFits(schema, wanted);
  const complete = completed(schema, wanted);
  // An object that was imported has no manifest, and is taken as it is.
  const isImported = earlier?.manifest === null;
  return {
    planned: { ...config, object: planManifest({ complete, manifest: wanted, computed, prior: earlier }) },
    replaced: isImported
      ? []
      : [
          ["manifest", "apiVersion"],
          ["manifest", "kind"],
          ["manifest", "metadata", "name"],
          ...(kind.isNamespaced ? [["manifest", "metadata", "namespace"]] : []),
        ],
  };
}

/** @throws CloudError in the provider's words where the cluster does not know the kind. */
function found(connection: Connection, object: Value): { kind: CustomKind; object: Value } {
  const [apiVersion, name] = [textAt(object, "apiVersion"), textAt(object, "kind")];
  const { api } = connection.cluster;
  const kind = api.kindOf(apiVersion, name);
  if (kind) return { kind, object };
  const group = apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : "";
  const why = api.hasKind(group, name)
    ? "cannot select exact GV from REST mapper"
    : `no matches for kind "${name}" in group "${group}"`;
  throw new CloudError(`API did not recognize GroupVersionKind from manifest (CRD may not be installed)\n\n${why}`);
}

function assertPlace({ apiVersion, kind, isNamespaced }: CustomKind, wanted: Value): void {
  const namespace = valueAt(wanted, ["metadata", "namespace"]);
  const title = `${apiVersion}, Kind=${kind}`;
  if (!isNamespaced) {
    if (namespace === undefined || namespace === null) return;
    throw new CloudError(
      `Cluster level resource cannot take namespace\n\nResources of type '${title}' cannot have a namespace`,
    );
  }
  if (namespace === undefined)
    throw new CloudError(`Namespace required\n\nResources of type '${title}' require a namespace`);
  if (namespace === null || namespace === "") {
    throw new CloudError(
      `Namespace required\n\nNamespace for resource '${title}' cannot be ${namespace === null ? "nil" : "empty"}`,
    );
  }
}

function apply(connection: Connection, planned: Attributes, occasion: "create" | "update"): Attributes {
  const wanted: Value = planned.manifest ?? null;
  const { cluster } = connection;
  const { kind } = found(connection, wanted);
  const schema = objectSchema(kind.schema, wanted);
  const object = withComputed(planned.object ?? null, wanted, computedFields(planned));
  const sent = sentOf(object, wanted) as unknown as NewObject;
  const stateWith = (stored: Stored<NewObject>): Attributes => ({
    ...planned,
    object: isUnstructured(kind.schema) ? wanted : stateOf(schema, stored),
  });
  let stored = applied(connection, kind, sent, managerOf(planned));
  const wait = waitOf(planned);
  const timeout = seconds(optionalText(block(planned, "timeouts"), occasion) ?? TIMEOUT);
  const { namespace, name } = sent.metadata;
  const isMet = cluster.controllersAct(wait ? timeout : 0, () => {
    stored = cluster.api.of(kind).require(namespace, name);
    return wait === undefined || wait.isMet(stored as unknown as Value);
  });
  if (isMet || !wait) return stateWith(stored);
  throw new CloudError(
    `Operation timed out\n\ntimed out waiting on ${wait.what}`,
    stateWith(stored),
    cluster.causesOf(stored),
  );
}

function applied(connection: Connection, kind: CustomKind, sent: NewObject, manager: Manager): Stored<NewObject> {
  try {
    return connection.cluster.api.apply(kind, sent, manager);
  } catch (error) {
    if (error instanceof ApplyConflict) {
      throw new CloudError(
        `There was a field manager conflict when trying to apply the manifest for "${placeText(sent as unknown as Value)}"\n\n` +
          `The API returned the following conflict: ${JSON.stringify(error.message)}\n\n` +
          `You can override this conflict by setting "force_conflicts" to true in the "field_manager" block.`,
      );
    }
    if (error instanceof CloudError) throw new CloudError(`API response status: Failure\n\n${error.message}`);
    throw error;
  }
}

function managerOf(attributes: Attributes): Manager {
  const manager = block(attributes, "field_manager");
  return { name: optionalText(manager, "name") ?? "Terraform", force: flag(manager, "force_conflicts") };
}

/** @param id `apiVersion=v1,kind=ConfigMap,namespace=default,name=a`. */
function importBy(connection: Connection, id: string): Attributes {
  const parts = new Map(
    id.split(",").map((part): [string, string] => [part.replace(/=.*/, ""), part.replace(/^.*?=/, "")]),
  );
  const object = { apiVersion: parts.get("apiVersion") ?? "", kind: parts.get("kind") ?? "" };
  const name = parts.get("name");
  if (name === undefined || object.apiVersion === "" || object.kind === "") {
    throw new CloudError(
      `Failed to parse import ID\n\nYou must specify the ID as "apiVersion=<value>,kind=<value>,[namespace=<value>,]name=<value>"`,
    );
  }
  const { kind } = found(connection, object);
  const stored = connection.cluster.api.of(kind).require(parts.get("namespace"), name);
  const none = { computed_fields: null, wait_for: null, field_manager: [], timeouts: [], wait: [] };
  const known = JSON.parse(JSON.stringify(stored)) as Value;
  return { ...none, manifest: null, object: stateOf(objectSchema(kind.schema, known), stored) };
}

function placeOf(object: Value): { namespace: string | undefined; name: string } {
  const namespace = valueAt(object, ["metadata", "namespace"]);
  return { namespace: typeof namespace === "string" ? namespace : undefined, name: textAt(object, "metadata", "name") };
}

/** `namespace/name`, as the provider prints it: of an object of the cluster `/name`. */
function placeText(object: Value): string {
  const { namespace = "", name } = placeOf(object);
  return `${namespace}/${name}`;
}

function textAt(object: Value, ...path: readonly string[]): string {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : "";
}
