import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Environment } from "../../config";
import { type Rehearsal, RehearsedStack } from "../../rehearsal";
import type { SynthesizedStack } from "../../synthesis/synthesized-stack";
import { STACK_FILE } from "../../synthesis/manifest";
import { terraformBinary } from "../../terraform/terraform";
import { PROJECT } from "../support/synthesized";
import { addressOf, run, type PullingCluster } from "./pulling-cluster";

/** Commands in the first shell block under a heading of docs/runbook.md, as a person copies them. */
export function commandsUnder(heading: string): string[] {
  const text = fs.readFileSync(path.join(PROJECT, "docs/runbook.md"), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  const block = /^```sh\n(.*?)^```/ms.exec(section ?? "")?.[1];
  if (block === undefined) throw new Error(`docs/runbook.md has no commands under "${heading}"`);
  return block.trim().split("\n");
}

/**
 * Does what a command of the runbook does: Terraform for real, with "yes" to its question; `sleep` on the rehearsal's clock.
 * @param edited What the environment's file says by now; for `npm run synth`.
 */
export async function type(rehearsal: Rehearsal, command: string, edited?: Environment): Promise<void> {
  const [program = "", ...args] = command.split(" ");
  if (program === "sleep") {
    rehearsal.clouds.clock.advance(Number(args[0]) * 1000);
  } else if (command === "npm run synth") {
    if (!edited) throw new Error("nothing was edited");
    rehearsal.resynthesize(edited);
  } else if (program === "terraform") {
    await typeTerraform(rehearsal, args);
  } else {
    const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: rehearsal.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  }
}

async function typeTerraform(
  rehearsal: Rehearsal,
  [chdir = "", command = "", ...args]: readonly string[],
): Promise<void> {
  const directory = path.join(rehearsal.folder, chdir.replace("-chdir=", ""));
  const known = rehearsal.stacks.find(({ stack }) => stack.directory === directory);
  const stack = known ?? retired(rehearsal, directory);
  const yes = ["apply", "destroy"].includes(command) ? ["-auto-approve"] : [];
  await run(stack, command, ...yes, ...args);
  if (!known) stack.close();
}

/** A stack that is no longer synthesized, by a copy of its folder. */
function retired({ clouds, log }: Rehearsal, directory: string): RehearsedStack {
  const json = JSON.parse(fs.readFileSync(path.join(directory, STACK_FILE), "utf8")) as SynthesizedStack["json"];
  const stack = { name: path.basename(directory), dependencies: [], directory, json };
  return new RehearsedStack({ stack, clouds, log, binary: terraformBinary() });
}

/** Commands of the runbook, with the addresses that this stack's slots have. */
export function commandsFor({ identityStack }: PullingCluster, heading: string): string[] {
  return commandsUnder(heading).map((command) =>
    command.replaceAll(/azuread_application_password\.pull-identity_(slot-\d)_\w+/g, (_, slot: string) => {
      return addressOf(identityStack, slot);
    }),
  );
}

/** Follows a section of the runbook and starts pods after every command. @returns Why pulls were refused */
export async function follow(
  cluster: PullingCluster,
  heading: string,
  onStep: (step: number) => void = () => undefined,
): Promise<string[]> {
  const reasons = [];
  for (const [index, command] of commandsFor(cluster, heading).entries()) {
    await type(cluster.rehearsal, command);
    reasons.push(...cluster.pull());
    onStep(index + 1);
  }
  return reasons;
}
