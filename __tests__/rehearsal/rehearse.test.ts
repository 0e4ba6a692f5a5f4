import fs from "node:fs";
import path from "node:path";
import { parseFault } from "../../rehearsal/faults";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import { rehearse, type RehearseOptions } from "../../rehearsal/rehearse";
import { SUBSCRIPTION } from "../../rehearsal/subscription";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { set } from "./mistakes/edits";
import { NOON, shipped } from "./rehearsals";

let rehearsal: Rehearsal;

const run = (options: Partial<RehearseOptions>) =>
  rehearse({
    ...{ environment: shipped(), file: "environments/demo.yaml", projectDirectory: PROJECT, now: NOON },
    renderer: "silent",
    ...options,
    onStart: (started) => {
      rehearsal = started;
      options.onStart?.(started);
    },
  });

afterEach(() => {
  fs.rmSync(rehearsal.folder, { recursive: true, force: true });
});

describeWithTools(["terraform"], "rehearse", () => {
  it("reports a failure with its place and cause, and keeps the log", async () => {
    const misnamed = set("resource/azurerm_container_registry/*/name", "acr-demo");
    const report = await run({ mutate: (stack, json) => (stack === "demo-registry" ? misnamed(json) : json) });
    expect(report).toMatchObject({
      passed: false,
      failure: {
        ...{ stack: "demo-registry", step: "plan" },
        address: expect.stringMatching(/^azurerm_container_registry\.container-registry_/) as string,
        reason: 'alpha numeric characters only are allowed in "name": "acr-demo"',
      },
      log: path.join(rehearsal.folder, "terraform.log"),
    });
    expect(report).not.toHaveProperty("story");
    expect(fs.readFileSync(report.log ?? "", "utf8")).toContain("alpha numeric characters only");
  });

  it("lets the stacks beside one that fails come to their end", async () => {
    const early = set("terraform/required_version", ">= 99.0.0");
    const report = await run({ mutate: (stack, json) => (stack.includes("-identity-") ? early(json) : json) });
    expect(report.failure?.stack).toBe("demo-identity-aksdemo2");
    const log = fs.readFileSync(rehearsal.log, "utf8");
    expect(log).toContain("$ terraform -chdir=demo-images plan -json -input=false -detailed-exitcode");
    expect(log).not.toContain("ended by SIGKILL");
  });

  it("does not pass where something is left", async () => {
    const report = await run({
      onStart: ({ clouds }) => clouds.arm.createGroup(SUBSCRIPTION, "forgotten-rg", "centralus"),
    });
    expect(report.failure).toBeUndefined();
    expect([report.passed, report.leftovers]).toEqual([
      false,
      [`/subscriptions/${SUBSCRIPTION}/resourceGroups/forgotten-rg`],
    ]);
    expect(fs.existsSync(rehearsal.folder)).toBe(false);
  });

  it("stops the registry where it is asked to, and says who starts all the same", async () => {
    const always = set(
      "resource/kubernetes_deployment_v1/*/spec/template/spec/container/0/image_pull_policy",
      "Always",
    );
    const outagesOf = async (options: Partial<RehearseOptions>) => {
      const { passed, outages } = await run({ faults: [parseFault("away")], ...options });
      return [passed, outages.map(({ workload, starts, replicas }) => `${workload} ${starts} of ${replicas}`)];
    };
    expect(await outagesOf({})).toEqual([true, ["default/acr-app2 1 of 1"]]);
    const mutate = (stack: string, json: string) => (stack.includes("-workload-") ? always(json) : json);
    expect(await outagesOf({ mutate })).toEqual([true, ["default/acr-app2 0 of 1"]]);
  });

  it("throws what is no failure of a stack, and removes its folder", async () => {
    process.env.TERRAFORM_BINARY_NAME = "no-such-binary";
    try {
      await expect(run({})).rejects.toThrow(
        /^cannot run "no-such-binary" in .*demo-registry: spawn no-such-binary ENOENT$/,
      );
    } finally {
      delete process.env.TERRAFORM_BINARY_NAME;
    }
    expect(fs.existsSync(rehearsal.folder)).toBe(false);
  });
});
