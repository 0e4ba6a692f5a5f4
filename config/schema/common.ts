import * as z from "zod";
import {
  ANNOTATION_KEY,
  DNS_LABEL,
  LABEL_KEY,
  LABEL_VALUE,
  RESOURCE_GROUP,
  TAG_NAME,
  type Format,
} from "../rules/formats";
import type { Text, TextMap } from "../text";

/** Keys of maps become construct ids and parts of stack names; those of workloads are Kubernetes names as well. */
export const KEY_RULE =
  "must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens";
export const key = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, KEY_RULE)
  .refine(isUsableId, "must not be constructor: the construct tree cannot hold that name");

/** Children of a construct are the properties of an object that inherits this one. */
function isUsableId(id: string): boolean {
  return id !== "constructor";
}

/** What a text must be, and the words for that. */
type TextForm = Pick<Format, "pattern" | "message" | "also">;

/** Values that only text which may hold anything lets through. */
const HOSTILE = ["${a}", "%{b}", "$${c}", "/${d}", "https://e/${f}.git", "${TfToken[TOKEN.0]}", "~/${g}"];

/**
 * A string in a form that can be no template of Terraform, such as the name of something.
 * @throws {Error} Where the form is not closed.
 */
export function closed(format: TextForm) {
  const { pattern } = format;
  if (HOSTILE.some((value) => pattern.test(value)))
    throw new Error(`${pattern.source} lets templates through: use freeText`);
  return inFormat(format);
}

/** A string of a format that has its rule, and where that comes from, in config/rules/formats.ts. */
export function inFormat({ pattern, message, also }: TextForm): z.ZodString {
  const matching = z.string().regex(pattern, message);
  return also ? matching.refine((value) => !pattern.test(value) || also(value), message) : matching;
}

export const dnsLabel = closed(DNS_LABEL).refine(
  isUsableId,
  "must not be constructor: the construct tree cannot hold that name",
);
export const labelKey = closed(LABEL_KEY);
export const labelValue = closed(LABEL_VALUE);
export const labels = z.record(labelKey, labelValue);
export const resourceGroupName = closed(RESOURCE_GROUP);

/** Any text that passes `schema`. What it becomes is no string: see {@link Text}. @default - any string */
export function freeText(schema: z.ZodString = z.string()) {
  return schema.transform((text): Text => ({ text }));
}

export const annotations = z.record(closed(ANNOTATION_KEY), freeText());

/** A map with free text for keys as well. */
export function textMap(key: z.ZodString, value: z.ZodString) {
  return z
    .record(key, value)
    .transform((map): TextMap => Object.entries(map).map(([text, own]) => ({ key: { text }, value: { text: own } })));
}

/** A name that others give. What surrounds it by mistake would be a part of it. */
export const notEmpty = z.string().regex(/^\S([\s\S]*\S)?$/, {
  error: ({ input }) => (String(input).trim() === "" ? "must not be empty" : "must not begin or end with a space"),
});

/** Key of an entry of another map: a rule says that there is one. */
export const reference = notEmpty;

export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "must be a UUID in lower case");

export const location = z
  .string()
  .regex(/^[a-z][a-z0-9]+$/, "must be an Azure location in its short form, such as centralus");

export const tags = textMap(inFormat(TAG_NAME), z.string().max(256, "must be a tag value of at most 256 characters"));

/** @param minimum @param maximum Both inclusive. */
export function wholeNumber(minimum: number, maximum: number) {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  return z.number().int(rule).min(minimum, rule).max(maximum, rule);
}

export const port = wholeNumber(1, 65535);

/** Parameter of an issue whose message must not show the value: it says nothing, or may hold a secret. */
export const HIDE_VALUE = { hideValue: true };
