import { providerSchema, resourceFacts, type BlockSchema } from "../../../bindings";
import type { Json, NewMetadata, NewObject, Stored } from "../../clouds/kubernetes/api-object";
import { CloudError, type Attributes, type Value } from "../../sdk/model";
import { block, textMap } from "../values";
import { expand, flatten } from "./api-values";

/** Arguments of the provider, and what it converts by itself. */
const OWN = /^(id|metadata|timeouts|wait_\w+)$/;

/** Expressions for keys that the provider was told not to see where nobody configured them. */
export interface IgnoredMetadata {
  annotations: readonly RegExp[];
  labels: readonly RegExp[];
}

/** Converts between one resource type and the API objects behind it. */
export class ApiType<T extends NewObject> {
  private known: BlockSchema | undefined;

  /**
   * @param ignored What the provider was told not to see.
   * @param type `kubernetes_deployment_v1`.
   * @param isNamespaced @default true
   */
  constructor(
    private readonly ignored: Readonly<IgnoredMetadata>,
    private readonly type: string,
    private readonly isNamespaced = true,
  ) {}

  /** @returns The object of a resource that is one as a whole, but for what only the provider knows. */
  whole(planned: Attributes): T {
    const { attributes, blocks } = this.schema;
    const names = Object.keys({ ...attributes, ...blocks });
    return this.objectOf(planned, ...names.filter((name) => !OWN.test(name)));
  }

  /** @param names What of the resource belongs to the object, beside `metadata`. */
  objectOf(planned: Attributes, ...names: readonly string[]): T {
    const { attributes, blocks } = this.schema;
    const pick = <V>(record: Readonly<Record<string, V>>) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
    const sent = new Set(resourceFacts(this.type)?.sent);
    const rest = expand({ attributes: pick(attributes), blocks: pick(blocks) }, planned, sent);
    return { ...rest, metadata: this.metadataOf(planned) } as unknown as T;
  }

  /**
   * @param known The resource as it was planned, or as the state has it.
   * @param names Blocks to read beside `metadata`.
   * @returns The resource as its object is now.
   */
  attributesOf(object: Stored<T>, known: Attributes, ...names: readonly string[]): Attributes {
    const read = (name: string): readonly Value[] => {
      const nested = this.schema.blocks[name];
      const value = (object as unknown as Record<string, Json>)[name];
      if (!nested || value === undefined) return [];
      return [flatten(nested.block, value as Record<string, Json>)];
    };
    const { namespace, name } = object.metadata;
    return {
      id: this.isNamespaced ? `${namespace ?? ""}/${name}` : name,
      metadata: read("metadata").map((metadata) =>
        withoutForeign(metadata as Attributes, block(known, "metadata"), this.ignored),
      ),
      ...Object.fromEntries(names.map((one) => [one, read(one)])),
    };
  }

  /** @returns What an import reads of an object that is one as a whole. */
  imported(object: Stored<T>): Attributes {
    const { attributes, blocks } = this.schema;
    const pick = <V>(record: Readonly<Record<string, V>>) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !OWN.test(name)));
    const read = flatten(
      { attributes: pick(attributes), blocks: pick(blocks) },
      object as unknown as Record<string, Json | undefined>,
    );
    return { ...read, ...this.attributesOf(object, {}) };
  }

  /** @returns An update with the labels and annotations of others: the provider changes its own ones, key by key. */
  withForeign(sent: T, prior: Attributes, before: NewObject | undefined): T {
    const merged = (name: keyof IgnoredMetadata): Record<string, string> => {
      const own = textMap(block(prior, "metadata"), name);
      const foreign = Object.entries(before?.metadata[name] ?? {}).filter(([key]) => !(key in own));
      return { ...Object.fromEntries(foreign), ...sent.metadata[name] };
    };
    return { ...sent, metadata: { ...sent.metadata, labels: merged("labels"), annotations: merged("annotations") } };
  }

  /** @returns Where the object with this id is: `namespace/name`, or the name alone. */
  placeOf(id: string): { namespace: string; name: string } {
    const [namespace = "", name] = this.isNamespaced ? id.split("/") : ["", id];
    if (name !== undefined) return { namespace, name };
    throw new CloudError(`unexpected format of ID ("${id}"), expected "namespace/name"`);
  }

  /** Derived when it is first asked for: most types are never used. */
  private get schema(): BlockSchema {
    this.known ??= providerSchema("kubernetes", { resources: [this.type] }).resources[this.type];
    if (this.known) return this.known;
    throw new Error(`no schema of ${this.type}`);
  }

  private metadataOf(planned: Attributes): NewMetadata {
    const { name, namespace, labels, annotations } = {
      ...(block(planned, "metadata") as unknown as NewMetadata),
      labels: textMap(block(planned, "metadata"), "labels"),
      annotations: textMap(block(planned, "metadata"), "annotations"),
    };
    return {
      name,
      ...(this.isNamespaced && { namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
  }
}

/**
 * Leaves out the labels and annotations that are in no state and are Kubernetes' own or ignored, as the provider does: but for
 * those of pod templates.
 */
function withoutForeign(metadata: Attributes, known: Attributes, ignored: Readonly<IgnoredMetadata>): Attributes {
  const own = (name: keyof IgnoredMetadata): Value => {
    const configured = textMap(known, name);
    const isForeign = (key: string) => isInternal(key) || ignored[name].some((expression) => expression.test(key));
    const entries = Object.entries(textMap(metadata, name));
    return Object.fromEntries(entries.filter(([key]) => key in configured || !isForeign(key)));
  };
  return { ...metadata, labels: own("labels"), annotations: own("annotations") };
}

function isInternal(key: string): boolean {
  const [domain = ""] = key.split("/");
  if (domain.endsWith("app.kubernetes.io") || domain.endsWith("service.beta.kubernetes.io")) return false;
  return domain.endsWith("kubernetes.io");
}
