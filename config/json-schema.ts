import * as z from "zod";
import { isMapping, valueOf, type Mapping } from "./mapping";
import { SECTIONS } from "./schema/defaults";
import { fileSchema } from "./schema/environment";
import { partial } from "./schema/partial";

/**
 * JSON Schema of environment files, for editors. It says what the shape is; the rules between fields are ours alone. Entries
 * may lack what defaults give, and remove it with null; a file that extends another may lack anything.
 */
export function environmentJsonSchema(): string {
  const { properties, required, ...schema } = z.toJSONSchema(fileSchema, { io: "input" });
  const shared = valueOf(valueOf(properties, "defaults"), "properties");
  const maps = SECTIONS.map((section) => {
    const entry = { ...entrySchema(valueOf(shared, section)), description: undefined };
    return [section, { ...(properties?.[section] as object), additionalProperties: entry }];
  });
  const document = {
    title: "acr-pull environment",
    ...schema,
    properties: { ...properties, ...looseSections(), ...(Object.fromEntries(maps) as Mapping) },
    if: { not: { required: ["extends"] } },
    then: { required, properties: requiredKeys(properties) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Sections that are one thing, without what they require. */
function looseSections(): Mapping {
  const sections = Object.entries(fileSchema.shape).filter(([name]) => isWhole(name));
  return Object.fromEntries(
    sections.map(([name, section]) => {
      const loose = Object.entries(z.toJSONSchema(partial(section), { io: "input" })).filter(
        ([key]) => key !== "$schema",
      );
      return [name, entrySchema(Object.fromEntries(loose))];
    }),
  );
}

/** What each of them requires where no other file gives it. */
function requiredKeys(properties: unknown): Mapping {
  const keys = Object.entries(isMapping(properties) ? properties : {}).flatMap(([name, section]) => {
    const required = valueOf(section, "required");
    return isWhole(name) && Array.isArray(required) ? [[name, { required: required as unknown[] }]] : [];
  });
  return Object.fromEntries(keys) as Mapping;
}

function isWhole(section: string): boolean {
  return section !== "defaults" && section !== "extends" && !(SECTIONS as readonly string[]).includes(section);
}

/** Of the defaults' schema: each value may be null as well, at every depth. */
function entrySchema(schema: unknown): Mapping {
  if (!isMapping(schema)) return {};
  const { properties, additionalProperties: others, anyOf } = schema;
  return {
    ...schema,
    ...(isMapping(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, orNull(value)])),
    }),
    ...(isMapping(others) && { additionalProperties: orNull(others) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(entrySchema) }),
  };
}

function orNull(value: unknown): Mapping {
  const schema = entrySchema(value);
  const { type, enum: values, anyOf } = schema;
  return {
    ...schema,
    ...(type !== undefined && { type: [type, "null"] }),
    ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
    ...(Array.isArray(anyOf) && { anyOf: [...(anyOf as unknown[]), { type: "null" }] }),
  };
}
