import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../config";
import { UserError } from "../config/user-error";
import { Live } from "../live/live";
import { NotAllowed } from "../live/check";
import { Interruption, runInterruptibly } from "../runs/interruption";
import { orphansOf, type Orphan } from "../recovery/orphans";
import {
  findMissing,
  importFound,
  readState,
  RecoveryError,
  type Missing,
  type RunTerraform,
} from "../recovery/recover";
import { readStacks, type SynthesizedStack } from "../synthesis/synthesized-stack";
import { terraformBinary } from "../terraform/terraform";
import { command, run, settingsOf } from "./command-line";

interface Options {
  readonly import?: true;
  readonly json?: true;
}

/** What was found for one stack. */
interface Report {
  readonly stack: string;
  readonly missing: readonly Missing[];
  readonly orphans: readonly Orphan[];
  /** Addresses. */
  readonly imported: readonly string[];
  /** Why something was not looked at. */
  readonly notChecked?: string;
}

const recover = command("recover")
  .argument("<stack...>", "names of stacks in the output folder, such as demo-registry")
  .option("--import", "take what is found into the state; default: nothing is changed")
  .option("--json", "one report a stack, as a JSON list")
  .action(async (names: readonly string[], { import: imports, json }: Options) => {
    const { outputDirectory } = settingsOf({});
    const known = readStacks(outputDirectory);
    const stacks = names.map((name) => stackOf(name, known));
    const reports: Report[] = [];
    for (const stack of stacks) reports.push(await recoverStack(stack, imports === true));
    console.log(json ? JSON.stringify(reports, null, 2) : reports.map((report) => format(report)).join("\n\n"));
    if (!imports && reports.some(({ missing }) => missing.some(({ id }) => id !== undefined))) process.exitCode = 1;
  });

function stackOf(name: string, known: readonly SynthesizedStack[]): SynthesizedStack {
  const found = known.find((stack) => stack.name === name);
  if (found) return found;
  throw new UserError(`There is no stack ${name}: ${known.map((stack) => stack.name).join(", ")}`);
}

async function recoverStack({ name, directory }: SynthesizedStack, imports: boolean): Promise<Report> {
  const interruption = new Interruption();
  // What lies beside the stack meanwhile goes when a signal comes, too.
  const terraform: RunTerraform = (args) => {
    if (interruption.isInterrupted) throw new RecoveryError("interrupted");
    return runInterruptibly(interruption, terraformBinary(), args, { cwd: directory });
  };
  try {
    if (!fs.existsSync(path.join(directory, ".terraform"))) await initialized(terraform);
    const missing = await findMissing(directory, terraform);
    const imported: string[] = [];
    for (let left = missing; imports; left = await findMissing(directory, terraform)) {
      const done = await importFound(left, directory, terraform);
      if (done.length === 0) break;
      imported.push(...done);
    }
    return { stack: name, missing, imported, ...(await lookForOrphans(name, terraform)) };
  } catch (error) {
    if (error instanceof RecoveryError) throw new UserError(`${name}: ${error.message}`);
    throw error;
  } finally {
    interruption.close();
  }
}

async function initialized(terraform: RunTerraform): Promise<void> {
  const { code, stderr } = await terraform(["init", "-input=false", "-no-color"]);
  if (code !== 0) throw new RecoveryError(stderr.trim());
}

/** Only where the state has an application: others need no login to Azure. */
async function lookForOrphans(name: string, terraform: RunTerraform): Promise<Pick<Report, "orphans" | "notChecked">> {
  const state = await readState(terraform);
  if (![...state.keys()].some((address) => address.startsWith("azuread_application."))) return { orphans: [] };
  const { environments } = loadConfiguration(settingsOf({}));
  const environment = environments.find((one) => name.startsWith(`${one.name}-`));
  if (!environment) return { orphans: [], notChecked: "passwords: their environment is not selected" };
  const live = new Live(environment.azure, { routes: new Map(), variables: process.env });
  try {
    return { orphans: await orphansOf(state, (objectId) => live.azure.passwords(objectId)) };
  } catch (error) {
    if (error instanceof NotAllowed) return { orphans: [], notChecked: `passwords: needs ${error.message}` };
    throw error;
  } finally {
    live.close();
  }
}

function format({ stack, missing, orphans, imported, notChecked }: Report): string {
  const found = missing.filter(({ id, address }) => id !== undefined && !imported.includes(address));
  const remedies = missing.filter(({ remedy }) => remedy !== undefined);
  const rest = missing.length - missing.filter(({ id }) => id !== undefined).length - remedies.length;
  return [
    `${stack}: ${missing.length === 0 ? "nothing is missing in the state" : `in no state: ${missing.length} of its resources`}`,
    ...imported.map((address) => `  imported ${address}`),
    ...found.map(
      ({ address, id }) =>
        `  terraform -chdir=${path.join("cdktf.out/stacks", stack)} import '${address}' '${id ?? ""}'`,
    ),
    ...remedies.map(({ address, remedy }) => `  ${address}: ${remedy ?? ""}`),
    ...orphans.map(
      ({ name, clientId, keyId }) =>
        `  password ${name} is in no state: az ad app credential delete --id ${clientId} --key-id ${keyId}`,
    ),
    ...(rest > 0 ? [`  nowhere at all, and made by the next apply: ${rest}`] : []),
    ...(notChecked === undefined ? [] : [`  not checked: ${notChecked}`]),
  ].join("\n");
}

void run(recover);
