import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { evaluated, literal } from "../../constructs/literal";
import { HOSTILE } from "../support/hostile";
import { temporaryFolder } from "../support/synthesized";
import { text } from "../support/text";
import { describeWithTools } from "../support/tools";

/** What Terraform makes of the templates, as values and as keys of a map. */
function evaluate(templates: readonly string[]) {
  const folder = temporaryFolder();
  const keys = Object.fromEntries(templates.map((template, index) => [template, index]));
  const output = { values: { value: templates }, keys: { value: keys } };
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ output }));
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const run = (...args: string[]) => spawnSync("terraform", args, { cwd: folder, encoding: "utf8", env });
  expect(run("apply", "-auto-approve", "-no-color").stderr).toBe("");
  const { values, keys: named } = JSON.parse(run("output", "-json").stdout) as {
    values: { value: string[] };
    keys: { value: Record<string, number> };
  };
  return { values: values.value, keys: Object.keys(named.value) };
}

/** Pieces that mean something to HCL or cdktf, in any order. */
const pieces = fc
  .array(fc.constantFrom("$", "%", "{", "}", '"', "\\", "~", "if", "a", " ", "\n", "TfToken[", "TOKEN.0]"), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

describeWithTools(["terraform"], "a literal is, for Terraform, the text", () => {
  it.each([
    ["of the list", [...HOSTILE]],
    ["of any pieces", fc.sample(pieces, { numRuns: 2000, seed: 14 })],
  ])("%s", (_, texts) => {
    const all = [...new Set(texts)];
    const { values, keys } = evaluate(all.map((value) => literal(text(value))));
    expect(values).toEqual(all);
    expect(new Set(keys)).toEqual(new Set(all));
  });
});

it("is read back without Terraform", () => {
  for (const value of HOSTILE) expect(evaluated(literal(text(value)))).toBe(value);
  fc.assert(
    fc.property(pieces, (value) => {
      expect(evaluated(literal(text(value)))).toBe(value);
    }),
  );
});

it("leaves what needs no escape as it is", () => {
  for (const value of ["AcrPull", "100%", "$HOME", "a { b }", "$5 {"]) expect(literal(text(value))).toBe(value);
});
