import type { Text, TextMap, Texts } from "../config/text";

/**
 * Text as a string of Terraform JSON that evaluates to it: strings there are templates, and so are the keys of maps. The only way
 * for what people write to come to a construct.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function literal({ text }: Text): string {
  return (
    text
      // `$${` stands for `${`. What begins with more of them would be read otherwise, and is put into a template of its own.
      .replace(/([$%])\1*(?=\{)/g, (run) => (run.length === 1 ? run + run : `\${"${run}"}`))
      // cdktf looks for its own markers in every string, escaped or not.
      .replaceAll("TfToken[", 'TfToken${"["}')
  );
}

/** As `literal`, of values. */
export function literals(texts: Texts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, literal(value)]));
}

/** As `literal`, of keys and values. */
export function literalMap(map: TextMap): Record<string, string> {
  return Object.fromEntries(map.map(({ key, value }) => [literal(key), literal(value)]));
}

/** What a string that `literal` made evaluates to, for those who read synthesized files without Terraform. */
export function evaluated(template: string): string {
  return template.replace(/\$\{"([^"]*)"\}|\$\$(?=\{)|%%(?=\{)/g, (found, inner: string | undefined) => {
    return inner ?? found.slice(1);
  });
}

/** As `evaluated`, of every string and key in a value of JSON. */
export function evaluatedAll(value: unknown): unknown {
  if (typeof value === "string") return evaluated(value);
  if (Array.isArray(value)) return value.map(evaluatedAll);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [evaluated(key), evaluatedAll(own)]));
}
