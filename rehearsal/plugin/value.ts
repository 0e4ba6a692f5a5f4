import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { CtyType } from "../../bindings";
import { UNKNOWN, type Value } from "../sdk/model";

/** Extension 0 is an unknown value; 12 is one with refinements ("not null", a prefix), which nothing here needs. */
const UNKNOWN_EXTENSION = 0;
const REFINED_UNKNOWN_EXTENSION = 12;

/**
 * Types that dynamic values came with: they go back as they came. The value alone does not say them where something in it is
 * unknown or null.
 */
const dynamicTypes = new WeakMap<object, CtyType>();

const extensionCodec = new ExtensionCodec();
for (const type of [UNKNOWN_EXTENSION, REFINED_UNKNOWN_EXTENSION]) {
  extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });
}

/**
 * Encodes a value for Terraform. Attributes that an object leaves out are null.
 * @param where Names the value in errors: `azurerm_container_registry`.
 * @throws Error naming the path, the expected type and the value's own type, never the value: it may be a secret.
 */
export function encodeValue(value: Value, type: CtyType, where: string): Uint8Array {
  return encode(toWire(value, type, where));
}

/**
 * Decodes a value that Terraform sent. Numbers that a JavaScript number cannot hold stay decimal strings.
 * @throws Error where the bytes do not fit the type.
 */
export function decodeValue(bytes: Uint8Array, type: CtyType): Value {
  return fromWire(decode(bytes, { extensionCodec, useBigInt64: true }), type, "value");
}

/**
 * Reads a value out of Terraform's JSON state, and drops the attributes that the type no longer has.
 * @throws Error where the JSON does not fit the type.
 */
export function valueFromJson(json: unknown, type: CtyType, where = "state"): Value {
  if (type === "dynamic") {
    return isRecord(json) ? ((json.value ?? null) as Value) : null;
  }
  return convert(json, type, where, valueFromJson);
}

function toWire(value: unknown, type: CtyType, where: string): unknown {
  if (value === UNKNOWN) {
    return new ExtData(UNKNOWN_EXTENSION, new Uint8Array(1));
  }
  if (type === "dynamic") {
    const own = knownType(value) ?? typeOf(value);
    return own === "dynamic" ? null : [Buffer.from(JSON.stringify(own)), toWire(value, own, where)];
  }
  if (type === "number" && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(value))) {
    // As text, since Terraform compares decimals, and 0.1 as a float is not 0.1.
    return Number.isSafeInteger(value) ? value : String(value);
  }
  if (typeof type !== "string" && type[0] === "object" && isRecord(value)) {
    refuseExtra(Object.keys(value), type[1], where);
  }
  return convert(value, type, where, toWire);
}

function refuseExtra(names: readonly string[], known: Readonly<Record<string, CtyType>>, where: string): void {
  const extra = names.find((name) => !Object.hasOwn(known, name));
  if (extra !== undefined) {
    throw new Error(`${where}.${extra} is not in the schema`);
  }
}

function fromWire(raw: unknown, type: CtyType, where: string): Value {
  if (raw === UNKNOWN) {
    return UNKNOWN;
  }
  if (type === "dynamic") {
    const [own, value] = Array.isArray(raw) ? (raw as [Uint8Array, unknown]) : [];
    if (!own) return null;
    const type = JSON.parse(Buffer.from(own).toString()) as CtyType;
    const decoded = fromWire(value, type, where);
    if (typeof decoded === "object" && decoded !== null) dynamicTypes.set(decoded, type);
    return decoded;
  }
  if (type === "number" && (typeof raw === "string" || typeof raw === "bigint")) {
    const text = String(raw);
    return String(Number(text)) === text ? Number(text) : text;
  }
  return convert(raw, type, where, fromWire);
}

/** Rebuilds one level of a value after its type, and leaves the levels below to `each`. */
function convert<T>(
  value: unknown,
  type: Exclude<CtyType, "dynamic">,
  where: string,
  each: (item: unknown, type: CtyType, where: string) => T,
): null | string | number | boolean | T[] | Record<string, T> {
  if (value === null || value === undefined) {
    return null;
  }
  const kind = typeof type === "string" ? type : type[0];
  if (typeof type === "string") {
    if (typeof value === JAVASCRIPT_TYPES[type]) {
      return value as string | number | boolean;
    }
  } else if (Array.isArray(value) && (type[0] === "list" || type[0] === "set")) {
    return value.map((item, index) => each(item, type[1], `${where}[${index}]`));
  } else if (Array.isArray(value) && type[0] === "tuple") {
    return type[1].map((itemType, index) => each(value[index], itemType, `${where}[${index}]`));
  } else if (isRecord(value) && type[0] === "map") {
    return mapEntries(value, (item, key) => each(item, type[1], `${where}.${key}`));
  } else if (isRecord(value) && type[0] === "object") {
    return mapEntries(type[1], (itemType, key) => each(value[key], itemType, `${where}.${key}`));
  }
  throw new Error(`${where} must be a ${kind}, got: ${Array.isArray(value) ? "array" : typeof value}`);
}

const JAVASCRIPT_TYPES = { string: "string", number: "number", bool: "boolean" } as const;

function mapEntries<V, T>(record: Readonly<Record<string, V>>, each: (value: V, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, each(value, key)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function knownType(value: unknown): CtyType | undefined {
  return typeof value === "object" && value !== null ? dynamicTypes.get(value) : undefined;
}

/** The type that a `dynamic` value is sent with. Terraform converts tuples and objects where it must. */
function typeOf(value: unknown): CtyType {
  if (typeof value === "string" || typeof value === "number") {
    return typeof value as "string" | "number";
  }
  if (typeof value === "boolean") {
    return "bool";
  }
  if (Array.isArray(value)) {
    return ["tuple", value.map(typeOf)];
  }
  return isRecord(value) ? ["object", mapEntries(value, typeOf)] : "dynamic";
}
