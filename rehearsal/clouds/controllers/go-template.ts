/** What a template has in its hands. */
export type TemplateData = Readonly<Record<string, string>>;

/** `"%s:%s"`, `.username`, `b64enc` */
const WORD = /"(?:[^"\\]|\\.)*"|[^\s"]+/g;

/**
 * Renders the part of Go's templates, with the functions of External Secrets Operator, that pull secrets are written with.
 * @throws {Error} For what it does not know.
 */
export function renderTemplate(template: string, data: TemplateData): string {
  return template.replace(/\{\{((?:"(?:[^"\\]|\\.)*"|[^"}])*)\}\}/g, (_, pipeline: string) => {
    const commands = pipeline.split("|").map((command) => command.match(WORD) ?? []);
    return commands.reduce<string | undefined>((piped, words) => evaluate(words, piped, data), undefined) ?? "";
  });
}

function evaluate([name = "", ...words]: readonly string[], piped: string | undefined, data: TemplateData): string {
  const args = [...words.map((word) => operand(word, data)), ...(piped === undefined ? [] : [piped])];
  switch (name) {
    case "printf": {
      const [format = "", ...values] = args;
      return format.replace(/%s/g, () => values.shift() ?? "%!s(MISSING)");
    }
    case "b64enc":
      return Buffer.from(args[0] ?? "").toString("base64");
    default:
      return operand(name, data);
  }
}

function operand(word: string, data: TemplateData): string {
  if (word.startsWith('"')) return JSON.parse(word) as string;
  const value = word.startsWith(".") ? data[word.slice(1)] : undefined;
  if (value === undefined) throw new Error(`template: function "${word}" not defined`);
  return value;
}
