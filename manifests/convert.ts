import {
  apiName,
  isMode,
  isRepeatedInApi,
  type AttributeSchema,
  type BlockSchema,
  type CtyType,
  type NestedBlockSchema,
} from "../bindings";
import { isMapping, type Mapping } from "../config/mapping";
import { suggestion, type Path, type Problem } from "../config/problem";
import { isText, type TextMap } from "../config/text";
import type { Argument, Arguments } from "./arguments";
import { ImageLeaf, PullSecretLeaf } from "./leaves";
import { isServerFilled, LAST_APPLIED } from "./server-filled";
import { isOwn, SPECIAL_NAMES } from "./special-names";

/** An object as arguments of its resource. */
export interface Converted {
  readonly arguments: Arguments;
  /** What has no place in the resource, or the wrong type. Paths are from the object on. */
  readonly problems: readonly Problem[];
}

/** Blocks that mean nothing where they are empty, and to the provider something else: an empty `seccompProfile` is `Unconfined`. */
const NOTHING_WHERE_EMPTY: ReadonlySet<string> = new Set([
  ...["affinity", "behavior", "lifecycle", "resources", "se_linux_options", "seccomp_profile", "security_context"],
  ...["strategy", "update_strategy"],
]);

/**
 * Converts an object of the API to the arguments of its resource, by the schema of the resource: names and nesting follow
 * from that, but for a few special names.
 *
 * @param type `kubernetes_deployment_v1`.
 * @param object May hold leaves in place of texts.
 */
export function convert(type: string, schema: BlockSchema, object: Mapping): Converted {
  return new Conversion(type).run(schema, object);
}

class Conversion {
  private readonly problems: Problem[] = [];

  constructor(private readonly type: string) {}

  run(schema: BlockSchema, object: Mapping): Converted {
    const fields = Object.entries(object).filter(([name]) => name !== "apiVersion" && name !== "kind");
    return { arguments: this.block(schema, Object.fromEntries(fields), [], this.type), problems: this.problems };
  }

  private block(schema: BlockSchema, object: Mapping, at: Path, path: string): Arguments {
    const { fields, known } = planOf(schema, path);
    const result = this.fields(fields, object, at);
    for (const field of Object.keys(object)) if (!known.has(field)) this.refuse(field, known, at);
    return result;
  }

  private fields(fields: readonly Field[], object: Mapping, at: Path): Arguments {
    const result: Record<string, Argument> = {};
    for (const field of fields) {
      const { name, key, isRequired } = field;
      const value = this.field(field, object, at);
      if (value !== undefined) result[name] = value;
      else if (isRequired) this.lack(object, key, at);
    }
    return result;
  }

  private field({ name, key, path, attribute, nested }: Field, object: Mapping, at: Path): Argument | undefined {
    if (attribute)
      return object[key] === undefined ? undefined : this.attribute(attribute, name, object[key], [...at, key]);
    if (!nested) return undefined;
    if (key !== ".") return this.nested(name, nested, object[key], [...at, key], path);
    // What lies in it lies in the object itself.
    const block = this.fields(planOf(nested.block, path).fields, object, at);
    return Object.keys(block).length > 0 ? { block } : undefined;
  }

  /** Notes what the provider requires; of what is there and wrong, something is said already. */
  private lack(object: Mapping, field: string, at: Path): void {
    const value = object[field] ?? [];
    const isEmpty = typeof value === "object" && Object.keys(value).length === 0;
    if (!isEmpty) return;
    const path = field === "." ? at : [...at, field];
    this.problems.push({
      path,
      rule: `is required by ${this.type}, the provider's resource`,
      lacks: true,
      showValue: false,
    });
  }

  private nested(
    name: string,
    nested: NestedBlockSchema,
    value: unknown,
    at: Path,
    path: string,
  ): Argument | undefined {
    if (value === undefined || value === null) {
      // Templates need not have it, and the provider wants it.
      return name === "metadata" && nested.minItems > 0 ? { block: {} } : undefined;
    }
    if (Array.isArray(value)) {
      if (nested.maxItems > 0 && value.length > nested.maxItems) {
        this.problems.push({
          path: at,
          rule: `must have no more than ${nested.maxItems}, which is all that ${this.type} takes`,
        });
      }
      const list = value.flatMap((item: unknown, index): Argument[] => {
        if (item instanceof PullSecretLeaf) return [{ pullSecret: true }];
        const block = this.mapping(nested.block, item, [...at, index], path);
        return block ? [{ block }] : [];
      });
      return list.length > 0 ? { list } : undefined;
    }
    if (isMapping(value) && Object.keys(value).length === 0 && NOTHING_WHERE_EMPTY.has(name)) return undefined;
    const block = this.mapping(nested.block, value, at, path);
    return block && { block };
  }

  private mapping(schema: BlockSchema, value: unknown, at: Path, path: string): Arguments | undefined {
    if (isMapping(value)) return this.block(schema, value, at, path);
    this.problems.push({ path: at, rule: "must be a mapping" });
    return undefined;
  }

  private attribute({ type }: AttributeSchema, name: string, value: unknown, at: Path): Argument | undefined {
    if (value === undefined || value === null) return undefined;
    if (value instanceof ImageLeaf) return { image: value.image };
    if (typeof type === "string") return this.scalar(type, name, value, at);
    return this.collection(type, value, at);
  }

  private collection(type: Exclude<CtyType, string>, value: unknown, at: Path): Argument | undefined {
    const [kind, element] = type;
    if (kind === "map" && isMapping(value)) return this.map(value, at);
    if ((kind === "list" || kind === "set") && Array.isArray(value)) {
      const list = value.flatMap((item: unknown, index) => {
        const one = typeof element === "string" ? this.scalar(element, "", item, [...at, index]) : undefined;
        return one === undefined ? [] : [one];
      });
      // An empty text in a list, such as the core group of a role, is one.
      return list.length > 0 ? { list } : undefined;
    }
    this.problems.push({ path: at, rule: kind === "map" ? "must be a mapping" : "must be a list" });
    return undefined;
  }

  private map(value: Mapping, at: Path): Argument | undefined {
    const entries = Object.entries(value).flatMap(([key, own]): TextMap => {
      if (key === LAST_APPLIED || own === null) return [];
      const scalar = this.scalar("string", "", own, [...at, key]);
      return isText(scalar) ? [{ key: { text: key }, value: scalar }] : [];
    });
    return entries.length > 0 ? { map: entries } : undefined;
  }

  /** Numbers and texts stand for each other where the API takes both: ports, quantities, counts. */
  private scalar(type: string, name: string, value: unknown, at: Path): Argument | undefined {
    switch (type) {
      case "bool":
        if (typeof value === "boolean") return value;
        break;
      case "number":
        if (typeof value === "number") return value;
        break;
      default:
        if (typeof value === "string") return { text: value };
        if (typeof value === "number") return { text: isMode(name) ? `0${value.toString(8)}` : String(value) };
    }
    const wanted = { bool: "true or false", number: "a number" }[type] ?? "a text";
    this.problems.push({ path: at, rule: `must be ${wanted}` });
    return undefined;
  }

  private refuse(field: string, known: ReadonlySet<string>, at: Path): void {
    const path = [...at, field];
    if (isServerFilled(path)) return;
    const rule = `has no place in ${this.type}, the provider's resource${suggestion(field, [...known])}`;
    this.problems.push({ path, rule, atKey: true });
  }
}

/** An argument or a block, and what it is called in the API. */
interface Field {
  readonly name: string;
  /** Key in the object; a dot where it lies around. */
  readonly key: string;
  /** With the type before it. */
  readonly path: string;
  readonly isRequired: boolean;
  readonly attribute?: AttributeSchema;
  readonly nested?: NestedBlockSchema;
}

interface Plan {
  readonly fields: readonly Field[];
  /** All keys that an object may have there. */
  readonly known: ReadonlySet<string>;
}

/** What is looked for in the objects of one block: the same for all of them, and not free. */
const plans = new WeakMap<BlockSchema, Plan>();

function planOf(schema: BlockSchema, path: string): Plan {
  const found = plans.get(schema) ?? makePlan(schema, path);
  plans.set(schema, found);
  return found;
}

function makePlan({ attributes, blocks }: BlockSchema, path: string): Plan {
  const fields: Field[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    const here = `${path}.${name}`;
    // It counts only without a name.
    const isSettable = (attribute.optional || attribute.required) && name !== "generate_name";
    if (isOwn(here) || !isSettable) continue;
    fields.push({
      name,
      key: SPECIAL_NAMES[here] ?? apiName(name),
      path: here,
      isRequired: attribute.required,
      attribute,
    });
  }
  for (const [name, nested] of Object.entries(blocks)) {
    const here = `${path}.${name}`;
    if (isOwn(here)) continue;
    const key = SPECIAL_NAMES[here] ?? apiName(name, isRepeatedInApi(here, nested.maxItems));
    fields.push({ name, key, path: here, isRequired: nested.minItems > 0, nested });
  }
  const known = fields.flatMap(({ key, path: here, nested }) =>
    key === "." && nested ? [...planOf(nested.block, here).known] : [key],
  );
  return { fields, known: new Set(known) };
}
