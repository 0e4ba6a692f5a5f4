import { z } from "zod";
import { isMapping, valueOf, type Mapping } from "./mapping";
import { SECTIONS } from "./schema/defaults";
import { fileSchema } from "./schema/environment";

/**
 * JSON Schema of environment files, for editors. It says what the shape is; the rules between fields are ours alone. Entries
 * may lack what defaults give, and remove it with null.
 */
export function environmentJsonSchema(): string {
  const { properties, ...schema } = z.toJSONSchema(fileSchema, { io: "input" });
  const shared = valueOf(valueOf(properties, "defaults"), "properties");
  const maps = SECTIONS.map((section) => {
    const entry = { ...entrySchema(valueOf(shared, section)), description: undefined };
    return [section, { ...(properties?.[section] as object), additionalProperties: entry }];
  });
  const document = {
    title: "acr-pull environment",
    ...schema,
    properties: { ...properties, ...(Object.fromEntries(maps) as Mapping) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
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
