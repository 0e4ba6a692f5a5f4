import type { Binding } from "./binding";
import { blockType, type AttributeSchema, type BlockSchema, type NestedBlockSchema, type Nesting } from "./schema";
import type { CtyType } from "./cty-type";

/** What the comment and the accessor of one attribute say. */
interface Member {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  /** From the field to its getter's `return`: shows the type where nothing else does. Empty for a provider's structs. */
  readonly accessor: string;
}

/** What `synthesizeHclAttributes()` or a struct's `…ToHclTerraform()` says of one settable attribute or block. */
interface Setting {
  readonly property: string;
  readonly isBlock: boolean;
  readonly type: string;
  readonly storage: string;
}

/**
 * Derives the schema of a binding: all but what bindings do not say, which are facts.
 * @param path Names it in errors.
 * @throws Error naming the path where the generated code has a form that is not known.
 */
export function deriveSchema(binding: Binding, path: string): BlockSchema {
  const members = membersOf(binding.root);
  if (path.startsWith("provider.")) members.delete("alias"); // Terraform's own
  return block(binding, members, settingsOf(binding.root), path);
}

function block(
  binding: Binding,
  members: ReadonlyMap<string, Member>,
  settings: ReadonlyMap<string, Setting>,
  path: string,
): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {};
  const blocks: Record<string, NestedBlockSchema> = {};
  for (const [name, member] of members) {
    const here = `${path}.${name}`;
    const setting = settings.get(name);
    // Terraform knows no computed blocks: what looks like one is an attribute, a list of objects.
    if (setting?.isBlock === true && !member.computed) {
      blocks[name] = nestedBlock(binding, member, setting, here);
      continue;
    }
    const { required, optional, computed } = member;
    const type = setting?.isBlock === false ? settableType(setting, here) : accessorType(binding, member, here);
    attributes[name] = {
      ...{ type, required, optional, computed },
      ...{ sensitive: false, writeOnly: false },
    };
  }
  return { attributes, blocks };
}

function nestedBlock(binding: Binding, member: Member, setting: Setting, path: string): NestedBlockSchema {
  const nesting: Nesting = setting.type === "struct" ? "single" : setting.type === "set" ? "set" : "list";
  const minItems = member.required ? 1 : 0;
  const once = member.accessor.includes("OutputReference(");
  return {
    nesting,
    computed: false,
    minItems,
    maxItems: nesting === "single" ? minItems : Number(once),
    block: struct(binding, nesting === "single" ? setting.storage : setting.storage.replace(/List$/, ""), path),
  };
}

function struct(binding: Binding, name: string, path: string): BlockSchema {
  const toHcl = binding.declarations.get(`${name.charAt(0).toLowerCase()}${name.slice(1)}ToHclTerraform`);
  const settings = settingsOf(toHcl ?? "");
  const reference = binding.declarations.get(`${name}OutputReference`);
  const fields = binding.declarations.get(name);
  if (fields === undefined) {
    throw new Error(`${path}: the binding declares no ${name}`);
  }
  return block(binding, reference ? membersOf(reference) : membersOfInterface(fields, settings), settings, path);
}

function membersOf(text: string): Map<string, Member> {
  const pattern = /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+) *\n((?:.*\n)*?.*\breturn .*)/g;
  return new Map(
    [...text.matchAll(pattern)].map(([, name = "", computed, optional, required, accessor = ""]) => [
      name,
      { computed: computed === "true", optional: optional === "true", required: required === "true", accessor },
    ]),
  );
}

/** Structs of a provider's own block have no class, as nothing can refer to them; `?` marks their optional fields. */
function membersOfInterface(text: string, settings: ReadonlyMap<string, Setting>): Map<string, Member> {
  return new Map(
    [...settings].map(([name, { property }]) => {
      const required = text.includes(`readonly ${property}:`);
      return [name, { required, optional: !required, computed: false, accessor: "" }];
    }),
  );
}

function settingsOf(text: string): Map<string, Setting> {
  const pattern =
    /^ +(\w+): \{\n +value: .*?(?:struct!\.|this\._)(\w+).*\n +isBlock: (\w+),\n +type: "(\w+)",\n +storageClassType: "(\w+)"/gm;
  return new Map(
    [...text.matchAll(pattern)].map(([, name = "", property = "", isBlock, type = "", storage = ""]) => [
      name,
      { property, isBlock: isBlock === "true", type, storage },
    ]),
  );
}

function settableType(setting: Setting, path: string): CtyType {
  const type = storageType(setting.storage, path);
  return setting.type === "set" && typeof type !== "string" ? (["set", type[1]] as CtyType) : type;
}

const SCALARS: Readonly<Record<string, CtyType>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  anyMap: "dynamic",
};

/** `stringList` is a list of strings, `numberListList` a list of lists of numbers. */
function storageType(storage: string, path: string): CtyType {
  const scalar = SCALARS[storage];
  if (scalar !== undefined) {
    return scalar;
  }
  const [, element, collection] = /^(\w+)(List|Map)$/.exec(storage) ?? [];
  if (element === undefined) {
    throw new Error(`${path}: unknown storage class in its binding: ${storage}`);
  }
  return [collection === "Map" ? "map" : "list", storageType(element, path)];
}

/** Getters that return a collection of strings, or the type in their name. */
const GETTERS: Readonly<Record<string, CtyType>> = {
  getStringAttribute: "string",
  getNumberAttribute: "number",
  getBooleanAttribute: "bool",
  getListAttribute: ["list", "string"],
  getNumberListAttribute: ["list", "number"],
  getStringMapAttribute: ["map", "string"],
  getAnyMapAttribute: "dynamic",
};

function accessorType(binding: Binding, { accessor }: Member, path: string): CtyType {
  const [, list, wrapsSet] = /= new (\w+)List\(this, "\w+", (\w+)\)/.exec(accessor) ?? [];
  if (list !== undefined) {
    return [wrapsSet === "true" ? "set" : "list", blockType(struct(binding, list, path))];
  }
  const getter = /this\.(get\w+)\(/.exec(accessor)?.[1];
  const type = accessor.includes("= new cdktf.StringMap(") ? GETTERS.getStringMapAttribute : GETTERS[getter ?? ""];
  if (type === undefined) {
    throw new Error(`${path}: unknown accessor in its binding: ${accessor.trim()}`);
  }
  return accessor.includes("Fn.tolist(") && typeof type !== "string" ? (["set", type[1]] as CtyType) : type;
}
