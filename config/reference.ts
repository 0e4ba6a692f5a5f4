import * as z from "zod";
import { fileSchema } from "./schema/environment";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What is told elsewhere: the keys of defaults are those of the entries. */
const WITHOUT_KEYS = /^defaults\.\w+$/;

/** Markdown reference of environment files: a row for every key, in the order of the schema. */
export function environmentReference(): string {
  const schema = z.toJSONSchema(fileSchema, { io: "input" });
  const rows = rowsOf(schema, "").map((cells) => `| ${cells.join(" | ")} |`);
  return [
    "# Environment file",
    "",
    "Made from the schema by `npm run generate`. `<key>` stands for a key of your choice: lowercase letters, digits and hyphens.",
    "Rules between values are in the messages: `npm run synth` checks all of them before it writes anything.",
    "",
    "| key | value | default | meaning |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function rowsOf(schema: JsonSchema, path: string): string[][] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property === "boolean") return [];
    const here = path === "" ? name : `${path}.${name}`;
    const fallback = required.has(name) ? "required" : formatDefault(property.default);
    const row = [`\`${here}\``, typeOf(property), fallback, property.description ?? ""];
    return WITHOUT_KEYS.test(here) ? [row] : [row, ...nestedRows(property, here)];
  });
}

function nestedRows(schema: JsonSchema, path: string): string[][] {
  const { items, additionalProperties, anyOf = [] } = schema;
  return [
    ...rowsOf(schema, path),
    ...(isSchema(items) ? rowsOf(items, `${path}[]`) : []),
    ...(isSchema(additionalProperties) ? rowsOf(additionalProperties, `${path}.<key>`) : []),
    ...anyOf.flatMap((option) => rowsOf(option, path)),
  ];
}

function typeOf({ enum: values, anyOf, type, items }: JsonSchema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(", ");
  if (anyOf) return anyOf.map(typeOf).join(" or ");
  if (type === "object") return "mapping";
  if (type === "array") return isSchema(items) && items.type !== "object" ? `list of ${String(items.type)}s` : "list";
  return String(type);
}

function formatDefault(value: unknown): string {
  const trivial = value === undefined || JSON.stringify(value) === "{}" || JSON.stringify(value) === "[]";
  return trivial ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
