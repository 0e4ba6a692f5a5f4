import * as z from "zod";

/**
 * The schema of a mapping that gives some of what `schema` wants and leaves the rest to others, at every depth. Items of
 * lists stay whole, since lists are not merged. Rules between keys are left out: they hold for what is complete.
 */
export function partial(schema: unknown): z.ZodType {
  const result = partialOf(schema as z.ZodType);
  const { description } = schema as z.ZodType;
  return description === undefined ? result : result.describe(description);
}

function partialOf(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return partial(schema.unwrap()).optional();
  // What is given where a value is silent is no mapping: it stays, as a default does.
  if (schema instanceof z.ZodPrefault && schema.unwrap() instanceof z.ZodObject)
    return partial(schema.unwrap()).optional();
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(partial));
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(([key, value]) => [key, partial(value).optional()]);
    return z.strictObject(Object.fromEntries(shape) as z.ZodRawShape);
  }
  // Only of mappings whose values are mappings is there something to leave out.
  const record = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (record instanceof z.ZodRecord && record.valueType instanceof z.ZodUnion)
    return z.record(record.keyType as z.ZodString, partial(record.valueType));
  return schema;
}
