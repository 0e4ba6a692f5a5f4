import { Listr, type ListrRendererValue } from "listr2";
import { runCdktf } from "./cdktf-cli";
import { Rehearsal, type RehearsalOptions } from "./rehearsal";
import { StepFailure, type RehearsedStack } from "./rehearsed-stack";
import type { Report } from "./report";
import { rehearseOutage, tellStory, type Outage, type Story } from "./story";
import { wavesOf } from "../synthesis/waves";

export interface RehearseOptions extends RehearsalOptions {
  /** The environment's file, relative to the project. */
  readonly file: string;
  /** Deploy and destroy by the cdktf command instead of Terraform's own. @default false */
  readonly cdktf?: boolean;
  /** Leave out the destroy, and leave the folder with states and log. @default false */
  readonly keep?: boolean;
  /** How progress is shown. */
  readonly renderer: ListrRendererValue;
  /** Gets the rehearsal before anything runs, to be able to close it. */
  readonly onStart?: (rehearsal: Rehearsal) => void;
}

/** Deploys, checks and destroys one environment. A failure is a result, not an exception. */
export async function rehearse(options: RehearseOptions): Promise<Report> {
  const start = performance.now();
  const rehearsal = new Rehearsal(options);
  options.onStart?.(rehearsal);
  let story: Story | undefined;
  let outages: readonly Outage[] = [];
  let failure: Report["failure"];
  try {
    await deploy(rehearsal, options);
    story = tellStory(options.environment, rehearsal.world);
    if (options.faults?.some(({ kind }) => kind === "away")) outages = rehearseOutage(rehearsal.world);
    if (!options.keep) await destroy(rehearsal, options);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const { stackName, step, reason, address } = error;
    failure = { stack: stackName, step, reason, ...(address !== undefined && { address }) };
  } finally {
    rehearsal.close(options.keep === true || failure !== undefined);
  }
  const leftovers = options.keep ? [] : rehearsal.clouds.leftovers();
  const keepsLog = options.keep === true || failure !== undefined;
  return {
    environment: options.environment.name,
    passed: failure === undefined && leftovers.length === 0,
    seconds: (performance.now() - start) / 1000,
    stacks: rehearsal.stacks.map(({ name, resourceCount, seconds }) => ({ name, resources: resourceCount, seconds })),
    ...(story && { story }),
    warnings: rehearsal.stacks.flatMap(({ warnings }) => warnings),
    faults: rehearsal.faults.struck.map(({ type, kind }) => `${kind} of ${type} failed, and the next run converged`),
    outages,
    leftovers,
    ...(failure && { failure }),
    ...(keepsLog && { log: rehearsal.log }),
  };
}

async function deploy(rehearsal: Rehearsal, options: RehearseOptions): Promise<void> {
  if (options.cdktf) return byCdktf("deploy", rehearsal, options);
  for (const wave of wavesOf(rehearsal.stacks)) {
    await showing(options, wave, "deploy", (stack, show) => rehearsal.deployStack(stack, show));
  }
}

async function destroy(rehearsal: Rehearsal, options: RehearseOptions): Promise<void> {
  if (options.cdktf) return byCdktf("destroy", rehearsal, options);
  for (const wave of wavesOf(rehearsal.stacks).reverse()) {
    await showing(options, wave, "destroy", (stack, show) => rehearsal.destroyStack(stack, show));
  }
}

/** One line of progress a stack, with the step that it is in. */
async function showing(
  { renderer }: RehearseOptions,
  stacks: readonly RehearsedStack[],
  verb: string,
  run: (stack: RehearsedStack, show: (stack: string, step: string) => void) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const tasks = stacks.map((stack) => ({
    title: `${verb} ${stack.name}`,
    task: (_: unknown, task: { output: string }) =>
      run(stack, (_stack, step) => {
        task.output = step;
      }).catch((error: unknown) => {
        failures.push(error);
        throw new Error("see below");
      }),
  }));
  // Waits for all: nothing is left running behind a failure.
  await new Listr(tasks, { concurrent: true, exitOnError: false, renderer, registerSignalListeners: false }).run();
  if (failures.length > 0) throw failures[0];
}

async function byCdktf(
  command: "deploy" | "destroy",
  rehearsal: Rehearsal,
  { environment, file, projectDirectory, renderer }: RehearseOptions,
): Promise<void> {
  const task = async () => {
    const { code, output } = await runCdktf(command, {
      rehearsal,
      file,
      clusters: Object.keys(environment.clusters),
      projectDirectory,
    });
    if (code !== 0)
      throw new StepFailure(`cdktf ${command} '*'`, command === "deploy" ? "apply" : "destroy", output.trim());
  };
  await new Listr([{ title: `cdktf ${command} '*'`, task }], { renderer, registerSignalListeners: false }).run();
}
