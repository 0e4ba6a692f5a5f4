import fs from "node:fs";
import path from "node:path";
import { keepStatesLocal } from "../../rehearsal/offline-state";
import { readStacks } from "../../synthesis/synthesized-stack";
import { synthesizeFiles } from "../support/synthesized";

const OVERRIDE = "rehearsal_override.tf.json";

/** The override file of each stack that has one, by the stack's name. */
function overridesOf(file: string): Record<string, unknown> {
  const stacks = readStacks(synthesizeFiles([file]));
  keepStatesLocal(stacks);
  const files = stacks.map(({ name, directory }) => [name, path.join(directory, OVERRIDE)] as const);
  const written = files.filter(([, override]) => fs.existsSync(override));
  return Object.fromEntries(
    written.map(([name, override]) => [name, JSON.parse(fs.readFileSync(override, "utf8")) as unknown]),
  );
}

it("leaves stacks alone whose states are local", () => {
  expect(overridesOf("environments/demo.yaml")).toEqual({});
});

it.each(["adopted-registry", "all-options"])("puts the states of %s beside each other, for readers too", (name) => {
  const overrides = overridesOf(`examples/${name}.yaml`);
  const local = (stack: string) => ({ path: `../../../terraform.${name}-${stack}.tfstate` });
  const cluster = name === "all-options" ? "onprem" : "edge";
  expect(overrides[`${name}-registry`]).toEqual({ terraform: { backend: { local: local("registry") } } });
  expect(overrides[`${name}-identity-${cluster}`]).toEqual({
    terraform: { backend: { local: local(`identity-${cluster}`) } },
    data: {
      terraform_remote_state: {
        [`cross-stack-reference-input-${name}-registry`]: { backend: "local", config: local("registry") },
      },
    },
  });
});
