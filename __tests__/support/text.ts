import type { Text, TextMap, Texts } from "../../config/text";

/** What the loader makes of free text. */
export function text(value: string): Text {
  return { text: value };
}

export function texts(values: Readonly<Record<string, string>>): Texts {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]));
}

export function textMap(values: Readonly<Record<string, string>>): TextMap {
  return Object.entries(values).map(([key, value]) => ({ key: text(key), value: text(value) }));
}
