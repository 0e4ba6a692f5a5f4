import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import { fileSchema } from "../config/schema/environment";
import { synthesizeAtOnce } from "../synthesis/synthesize";
import { FREE, loadWith, markOf } from "./support/free-text";
import { HOSTILE } from "./support/hostile";
import { filesIn, temporaryFolder } from "./support/synthesized";
import { describeWithTools } from "./support/tools";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Strings that never reach Terraform as they are: they name entries and folders, which have to be there. */
const NAMES_SOMETHING = [
  "extends",
  "images.<key>.build.docker.context",
  "registry.cacheRules.<key>.credentialSet",
  "namespaces.<key>.clusters[]",
  "workloads.<key>.image",
  "workloads.<key>.clusters[]",
  "manifests.<key>.path",
  "manifests.<key>.clusters[]",
  "manifests.<key>.images.<key>#",
  "manifests.<key>.images.<key>",
];

/** Strings whose form a rule of the schema checks that JSON Schema does not show. */
const CHECKED = ["backend.http.address"];

/** Every string of the schema, by its path; `pattern` is undefined where any is allowed. */
function stringsOf(schema: JsonSchema, here: string): [string, JsonSchema][] {
  const { properties = {}, additionalProperties, propertyNames, items, anyOf = [] } = schema;
  const isSchema = (value: unknown): value is JsonSchema => typeof value === "object" && value !== null;
  const below = (name: string) => (here === "" ? name : `${here}.${name}`);
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return [
    ...(types.includes("string") && !schema.enum ? [[here, schema] as [string, JsonSchema]] : []),
    ...Object.entries(properties).flatMap(([name, own]) => (isSchema(own) ? stringsOf(own, below(name)) : [])),
    ...(isSchema(propertyNames) ? [[`${below("<key>")}#`, propertyNames] as [string, JsonSchema]] : []),
    ...(isSchema(additionalProperties) ? stringsOf(additionalProperties, below("<key>")) : []),
    ...(isSchema(items) && !Array.isArray(items) ? stringsOf(items, `${here}[]`) : []),
    ...anyOf.flatMap((option) => stringsOf(option, here)),
  ];
}

/** Whether some hostile text has the form, with what texts of that form begin with. */
function isOpen({ pattern, allOf = [] }: JsonSchema): boolean {
  const patterns = [pattern, ...allOf.map((part) => part.pattern)].flatMap((source) =>
    source === undefined ? [] : [new RegExp(source)],
  );
  const candidates = HOSTILE.flatMap((value) => ["", "/", "~/", "https://e/"].map((start) => start + value));
  return candidates.some((value) => patterns.every((form) => form.test(value)));
}

const STRINGS = stringsOf(z.toJSONSchema(fileSchema, { io: "input" }), "").map(
  // Defaults are merged under the entries, and have their places.
  ([place, schema]) => [place.replace(/^defaults\.(\w+)/, "$1.<key>"), schema] as const,
);

it("every string of an environment file has a closed form, or is known as free text", () => {
  const open = STRINGS.filter(([, schema]) => isOpen(schema)).map(([place]) => place);
  const known = [...Object.keys(FREE), ...NAMES_SOMETHING, ...CHECKED];
  expect([...new Set(open)].filter((place) => !known.includes(place))).toEqual([]);
  expect(known.filter((place) => !open.includes(place))).toEqual([]);
});

interface Outcome {
  /** Templates and decoded texts in the output, by the places whose values they carry. */
  readonly found: ReadonlyMap<string, { readonly templates: string[]; readonly plain: string[] }>;
  /** Places at which the value was refused. */
  readonly refused: ReadonlySet<string>;
}

/** Synthesizes with the value everywhere. Where it is refused, its place gets a harmless one. */
function synthesizeWith(value: string, inDefaults: boolean): Outcome {
  const { environments, settings, refused } = loadWith(value, inDefaults);
  synthesizeAtOnce(environments, settings);
  return { found: search(settings.outputDirectory), refused };
}

function search(outdir: string): Outcome["found"] {
  const found = new Map(
    Object.keys(FREE).map((place) => [place, { templates: [] as string[], plain: [] as string[] }]),
  );
  const note = (text: string, kind: "templates" | "plain") => {
    for (const [place, texts] of found) if (text.includes(markOf(place))) texts[kind].push(text);
  };
  const visit = (value: unknown): void => {
    if (typeof value === "string") {
      note(value, "templates");
      const decoded = Buffer.from(value, "base64").toString();
      if (Buffer.from(decoded).toString("base64") === value) note(decoded, "plain");
    } else if (typeof value === "object" && value !== null) {
      if (!Array.isArray(value)) for (const key of Object.keys(value)) note(key, "templates");
      for (const own of Object.values(value)) visit(own);
    }
  };
  for (const file of filesIn(outdir).filter((name) => name.endsWith("cdk.tf.json"))) {
    visit(JSON.parse(fs.readFileSync(path.join(outdir, file), "utf8")));
  }
  return found;
}

/** What Terraform makes of templates. */
function evaluate(templates: readonly string[]): string[] {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ output: { all: { value: templates } } }));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const run = (...args: string[]) => spawnSync("terraform", args, { cwd: folder, encoding: "utf8", env });
  expect(run("apply", "-auto-approve", "-no-color").stderr).toBe("");
  return (JSON.parse(run("output", "-json").stdout) as { all: { value: string[] } }).all.value;
}

describeWithTools(["terraform"], "hostile text arrives as it was written", () => {
  it.each([false, true])("at every place, with defaults: %s", (inDefaults) => {
    const wanted: { readonly place: string; readonly template: string; readonly text: string }[] = [];
    const accepted = new Map(Object.keys(FREE).map((place) => [place, 0]));
    for (const value of HOSTILE) {
      const { found, refused } = synthesizeWith(value, inDefaults);
      for (const [place, { templates, plain }] of found) {
        expect([place, templates.length + plain.length > 0]).toEqual([place, true]);
        const text = `${FREE[place] ?? ""}${markOf(place)}${refused.has(place) ? "" : value}`;
        for (const template of templates) wanted.push({ place, template, text });
        for (const other of plain)
          expect([place, other.includes(JSON.stringify(text).slice(1, -1))]).toEqual([place, true]);
        if (!refused.has(place)) accepted.set(place, (accepted.get(place) ?? 0) + 1);
      }
    }
    const values = evaluate(wanted.map(({ template }) => template));
    expect(wanted.map(({ place }, index) => [place, values[index]])).toEqual(
      wanted.map(({ place, text }) => [place, text]),
    );
    // Some places refuse some of it; none refuses all of it.
    expect([...accepted].filter(([, count]) => count < 3)).toEqual([]);
  });
});
