import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { handWritten } from "../../../tools/bench/hand-written";
import { showPlan } from "../../../tools/bench/plan";
import { assertSamePlan } from "../../../tools/bench/planned";
import type { Rehearsal } from "../../../rehearsal";
import { NOON, rehearsalOf, shipped } from "../../rehearsal/rehearsals";
import { PROJECT } from "../../support/synthesized";
import { describeWithTools } from "../../support/tools";

describeWithTools(["terraform"], "the hand-written HCL of the demo", () => {
  let ours: Rehearsal;
  let theirs: Rehearsal;

  beforeAll(async () => {
    ours = rehearsalOf();
    theirs = handWritten({ environment: shipped(), projectDirectory: PROJECT, now: NOON });
    await ours.deploy();
    await theirs.deploy();
  });

  afterAll(() => {
    theirs.close();
  });

  test("plans the same as our JSON, in every stack", async () => {
    expect(fs.readdirSync(path.join(PROJECT, "tools/bench/hcl"))).toEqual(ours.stacks.map(({ name }) => name).sort());
    for (const stack of ours.stacks) {
      assertSamePlan(stack.name, await showPlan(stack), await showPlan(theirs.stack(stack.name)));
    }
  });

  test("is seen to differ after an edit", async () => {
    const twin = theirs.stack("-registry");
    const file = path.join(twin.stack.directory, "main.tf");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"Basic"', '"Standard"'));
    const [json, hcl] = [await showPlan(ours.stack("-registry")), await showPlan(twin)];
    expect(() => {
      assertSamePlan(twin.name, json, hcl);
    }).toThrow(
      new Error(
        "demo-registry: tools/bench/hcl/demo-registry must plan the same, - ours, + by hand:\n" +
          '- azurerm_container_registry.after.sku = "Basic"\n+ azurerm_container_registry.after.sku = "Standard"',
      ),
    );
  });

  test("is formatted as terraform fmt does", () => {
    const { stdout } = spawnSync("terraform", ["fmt", "-check", "-recursive", "tools/bench/hcl"], {
      cwd: PROJECT,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });
});
