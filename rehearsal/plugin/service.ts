import {
  CloudError,
  type Attributes,
  type Interceptor,
  type OnFailure,
  type Operation,
  type ProviderModel,
  type ReadModel,
} from "../sdk/model";
import type { IdSource } from "../sdk/ids";
import { overlay } from "../sdk/overlay";
import type { LifeCycle } from "../sdk/life-cycle";
import { PlanningResource } from "../sdk/planning-resource";
import { ManagedResource } from "../sdk/resource";
import { blockType, resourceFacts, type BlockSchema, type ProviderSchema } from "../../bindings";
import { refuseComputed } from "../sdk/validate";
import { decodeValue, encodeValue, valueFromJson } from "./value";
import { diagnostic, pathMessage, schemaMessage, type DynamicValue, type Request } from "./wire";

/** One call of the protocol. What it throws, the server makes a diagnostic. */
export type Call = (request: Request) => object | Promise<object>;

const accept: Call = () => ({});

/**
 * The calls of the plugin protocol, each by its name there: decode, let the models act, encode. Of a Terraform process they
 * hold what the model remembers of its configuration, and nothing else.
 */
export function providerCalls(
  schema: ProviderSchema,
  model: ProviderModel,
  ids: IdSource,
  intercept?: Interceptor,
  onFailure?: OnFailure,
): Readonly<Record<string, Call>> {
  const enter = async (kind: Operation["kind"], type: string) => intercept?.({ provider: schema.name, type, kind });

  const managed = (type: string): { block: BlockSchema; resource: LifeCycle } => {
    const block = lookUp(schema.resources, type);
    const own = model.planningResources?.[type];
    const entering = { enter: (kind: Operation["kind"]) => enter(kind, type) };
    if (own) return { block, resource: new PlanningResource({ ...entering, model: own }) };
    const facts = resourceFacts(type, schema.major);
    const props = { type, schema: block, facts, ids, ...entering };
    return { block, resource: new ManagedResource({ ...props, model: model.resources?.[type] }) };
  };

  const upgrade = (type: string, json: Uint8Array): object => {
    const { block } = managed(type);
    const state = valueFromJson(JSON.parse(Buffer.from(json).toString()), blockType(block));
    return { state: encodeObject(block, state as Attributes, type) };
  };

  const readOnce = async (
    kind: "read-data" | "open",
    { type_name: type, config }: Request,
    block: BlockSchema,
    reader: ReadModel | undefined,
  ): Promise<DynamicValue> => {
    const after = await enter(kind, type);
    if (reader === undefined) {
      throw new Error(`${type} has no model to read from`);
    }
    const configured = decodeObject(block, config) ?? {};
    const found = await reader.read(configured);
    after?.();
    return encodeObject(block, overlay(block, configured, found), type);
  };

  return {
    getProviderSchema: () => schemaMessage(schema),
    getFunctions: accept,
    stopProvider: accept,

    validateProviderConfig: accept,
    validateResourceConfig({ type_name: type, config }) {
      const { block, resource } = managed(type);
      resource.validate(decodeObject(block, config) ?? {});
      return {};
    },
    validateDataResourceConfig: validate(schema.dataSources),
    validateEphemeralResourceConfig: validate(schema.ephemeralResources),

    configureProvider({ config }) {
      model.configure?.(decodeObject(schema.provider, config) ?? {});
      return {};
    },

    upgradeResourceState: ({ type_name, raw_state }) => upgrade(type_name, raw_state.json),

    moveResourceState({ source_type_name: source, source_state, target_type_name: target }) {
      if (source !== target) {
        throw new CloudError(`Moving ${source} to ${target} is not supported: the types differ`);
      }
      return upgrade(target, source_state.json);
    },

    async readResource({ type_name: type, current_state }) {
      const { block, resource } = managed(type);
      const state = await resource.read(decodeObject(block, current_state) ?? {});
      return { state: encodeObject(block, state, type) };
    },

    planResourceChange({ type_name: type, prior_state, config }) {
      const { block, resource } = managed(type);
      const { planned, replaced } = resource.plan(decodeObject(block, prior_state), decodeObject(block, config) ?? {});
      return {
        planned_state: encodeObject(block, planned, type),
        requires_replace: replaced.map(pathMessage),
        // As every provider on the SDK v2: allows defaults of attributes that are not computed, and unknown blocks.
        legacy_type_system: resource.isForgiven,
      };
    },

    async applyResourceChange({ type_name: type, prior_state, planned_state, config }) {
      const { block, resource } = managed(type);
      const prior = decodeObject(block, prior_state);
      const planned = decodeObject(block, planned_state);
      // Zeros come into state that were not planned.
      const legacy_type_system = resource.isForgiven;
      try {
        const state = await resource.apply(prior, planned, decodeObject(block, config) ?? {});
        return { new_state: encodeObject(block, state, type), legacy_type_system };
      } catch (error) {
        onFailure?.(error);
        const new_state = encodeObject(block, resource.remains(error, prior, planned), type);
        return { new_state, diagnostics: [diagnostic(error, type)], legacy_type_system };
      }
    },

    async importResourceState({ type_name: type, id }) {
      const { block, resource } = managed(type);
      return { imported_resources: [{ type_name: type, state: encodeObject(block, await resource.import(id), type) }] };
    },

    async readDataSource(request) {
      const type = request.type_name;
      const block = lookUp(schema.dataSources, type);
      return { state: await readOnce("read-data", request, block, model.dataSources?.[type]) };
    },

    async openEphemeralResource(request) {
      const type = request.type_name;
      const block = lookUp(schema.ephemeralResources, type);
      return { result: await readOnce("open", request, block, model.ephemeralResources?.[type]) };
    },
    renewEphemeralResource: accept,
    closeEphemeralResource: accept,
  };
}

function validate(schemas: Readonly<Record<string, BlockSchema>>): Call {
  return ({ type_name: type, config }) => {
    const schema = lookUp(schemas, type);
    refuseComputed(schema, decodeObject(schema, config) ?? {});
    return {};
  };
}

function lookUp(schemas: Readonly<Record<string, BlockSchema>>, type: string): BlockSchema {
  const schema = schemas[type];
  if (schema === undefined) {
    throw new Error(`no schema of ${type}, known: ${Object.keys(schemas).join(", ")}`);
  }
  return schema;
}

function decodeObject(schema: BlockSchema, value: DynamicValue): Attributes | undefined {
  return (decodeValue(value.msgpack, blockType(schema)) as Attributes | null) ?? undefined;
}

function encodeObject(schema: BlockSchema, object: Attributes | undefined, where: string): DynamicValue {
  return { msgpack: encodeValue(object ?? null, blockType(schema), where) };
}
