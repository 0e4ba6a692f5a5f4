import { z } from "zod";
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

/** RFC 1123 label: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const dnsLabel = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends",
  )
  .refine(isUsableId, "must not be constructor: the construct tree cannot hold that name");

/** Last path segment of a Kubernetes label key or value: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
    "must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends",
  );

/** A name as labelValue, but not empty, after an optional DNS name and a slash. */
export const labelKey = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    "must be a label key: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, after an optional DNS name and '/'",
  );

export const labels = z.record(labelKey, labelValue);

/** Values that only text which may hold anything lets through. */
const HOSTILE = ["${a}", "%{b}", "$${c}", "/${d}", "https://e/${f}.git", "${TfToken[TOKEN.0]}", "~/${g}"];

/**
 * A string in a form that can be no template of Terraform, such as the name of something.
 * @throws {Error} Where the form is not closed.
 */
export function closed(form: RegExp, rule: string) {
  if (HOSTILE.some((value) => form.test(value))) throw new Error(`${form.source} lets templates through: use freeText`);
  return z.string().regex(form, rule);
}

/** Any text that passes `schema`. What it becomes is no string: see {@link Text}. @default - any string */
export function freeText(schema: z.ZodString = z.string()) {
  return schema.transform((text): Text => ({ text }));
}

/** A map with free text for keys as well. */
export function textMap(key: z.ZodString, value: z.ZodString) {
  return z
    .record(key, value)
    .transform((map): TextMap => Object.entries(map).map(([text, own]) => ({ key: { text }, value: { text: own } })));
}

/** Key of an entry of another map: a rule says that there is one. */
export const reference = z.string().regex(/\S/, "must not be empty");

/** Something has to be there. */
export const notEmpty = z.string().regex(/\S/, "must not be empty");

export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "must be a UUID in lower case");

export const resourceGroupName = z
  .string()
  .regex(
    /^[\w.()-]{0,89}[\w()-]$/,
    "must be a resource group name: at most 90 letters, digits, '_', '-', '.', '(' or ')', not ending in '.'",
  );

export const location = z
  .string()
  .regex(/^[a-z][a-z0-9]+$/, "must be an Azure location in its short form, such as centralus");

/** Azure allows 50 tags on a resource, keys of 512 and values of 256 characters. */
export const tags = textMap(
  z.string().regex(/^[^<>%&\\?/]{1,512}$/, "must be a tag name of at most 512 characters without < > % & \\ ? /"),
  z.string().max(256, "must be a tag value of at most 256 characters"),
);

/** @param minimum @param maximum Both inclusive. */
export function wholeNumber(minimum: number, maximum: number) {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  return z.number().int(rule).min(minimum, rule).max(maximum, rule);
}

export const port = wholeNumber(1, 65535);

/** Parameter of an issue whose message must not show the value: it says nothing, or may hold a secret. */
export const HIDE_VALUE = { hideValue: true };
