/**
 * Text that a person wrote and that may hold anything. It is no string, so that it reaches Terraform, for which strings are
 * templates, by `literal` alone; `text` is for what is no template: hashes, files, messages.
 */
export interface Text {
  readonly text: string;
}

/** Whether a value is free text, where it may be something else as well. */
export function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "text");
}

/** Values of free text, by keys of a closed form. */
export type Texts = Readonly<Record<string, Text>>;

/** A map whose keys are free text as well, in the order of the file. */
export type TextMap = readonly { readonly key: Text; readonly value: Text }[];

/** @returns Both; of a key that is in both, the value of `over`. */
export function merged(base: TextMap, over: TextMap): TextMap {
  const values = new Map([...base, ...over].map(({ key, value }) => [key.text, value] as const));
  return [...values].map(([text, value]) => ({ key: { text }, value }));
}

/** The values as they were written, for what is no template. */
export function written(texts: Texts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, { text }]) => [key, text]));
}

/** Text as a draft has it: what has a problem is still a string. */
export type DraftText = Text | string;
export type DraftTextMap = TextMap | Readonly<Record<string, string | undefined>>;

export function textOf(draft: DraftText): string {
  return typeof draft === "string" ? draft : draft.text;
}

export function keysOf(draft: DraftTextMap): string[] {
  return isTextMap(draft) ? draft.map(({ key }) => key.text) : Object.keys(draft);
}

function isTextMap(draft: DraftTextMap): draft is TextMap {
  return Array.isArray(draft);
}
