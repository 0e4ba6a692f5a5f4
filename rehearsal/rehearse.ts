import { mostTelling } from "../diagnosis";
import { Listr, type ListrRendererValue } from "listr2";
import { clustersWithoutPlaces } from "../config/places";
import { runCdktf } from "./cdktf-cli";
import { Rehearsal, type RehearsalOptions } from "./rehearsal";
import { StepFailure, type RehearsedStack } from "./rehearsed-stack";
import { tellPulls, type PullStory, type RunRecord } from "./record";
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
  const run = new Run(options);
  try {
    await run.deploy();
    await run.destroy();
    return run.report();
  } catch (error) {
    run.rehearsal.close();
    throw error;
  }
}

/** The rehearsal of one environment, which others may run beside: between its deployment and its destruction, theirs. */
export class Run {
  readonly rehearsal: Rehearsal;
  private readonly before: ReadonlySet<string>;
  private seconds = 0;
  private story: Story | undefined;
  private outages: readonly Outage[] = [];
  private failure: Report["failure"];
  private leftovers: readonly string[] = [];
  private pulls: readonly PullStory[] = [];
  /** Time in the clouds when it began. */
  private readonly now: Date;

  constructor(private readonly options: RehearseOptions) {
    this.rehearsal = new Rehearsal(options);
    this.now = this.rehearsal.clouds.clock.now();
    this.before = new Set(this.rehearsal.clouds.leftovers());
    options.onStart?.(this.rehearsal);
  }

  async deploy(): Promise<void> {
    const { rehearsal, options } = this;
    await this.attempt(async () => {
      await deploy(rehearsal, options);
      await rehearsal.dropAdoption();
      this.story = { ...tellStory(options.environment, rehearsal.world), probes: rehearsal.probes };
      if (options.faults?.some(({ kind }) => kind === "away")) this.outages = rehearseOutage(rehearsal.world);
    });
    // While the principals are there that have pulled.
    this.pulls = tellPulls(options.environment, rehearsal.world);
  }

  /** Nothing where the deployment failed, or everything is to be kept. */
  async destroy(): Promise<void> {
    const { rehearsal, options, before } = this;
    if (!options.keep && !this.failure) await this.attempt(() => destroy(rehearsal, options));
    rehearsal.close(options.keep === true || this.failure !== undefined);
    if (!options.keep) this.leftovers = rehearsal.clouds.leftovers().filter((object) => !before.has(object));
  }

  report(): Report {
    const { rehearsal, options, failure, story, outages, leftovers, seconds } = this;
    const keepsLog = options.keep === true || failure !== undefined;
    return {
      environment: options.environment.name,
      passed: failure === undefined && leftovers.length === 0,
      seconds,
      stacks: rehearsal.stacks.map(({ name, resourceCount, seconds: own }) => ({
        ...{ name, resources: resourceCount, seconds: own },
      })),
      ...(story && { story }),
      warnings: [
        ...rehearsal.stacks.flatMap(({ warnings }) => warnings),
        ...clustersWithoutPlaces(options.environment).map(
          (key) => `${key} pulls nothing: no namespace has its pull secret`,
        ),
      ],
      faults: rehearsal.faults.struck.map(({ type, kind }) => `${kind} of ${type} failed, and the next run converged`),
      outages,
      leftovers,
      ...(failure && { failure }),
      ...(keepsLog && { log: rehearsal.log }),
    };
  }

  /** The report, and what else a page of it shows. */
  record(): RunRecord {
    const { rehearsal, pulls, now } = this;
    return {
      ...{ environment: this.options.environment, now, report: this.report() },
      steps: rehearsal.steps.toSorted((one, other) => one.start - other.start),
      ...{ plans: rehearsal.plans, pulls },
    };
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      const { stackName, step, reason, address } = error;
      const { cause } = mostTelling(reason.split("\n")) ?? {};
      this.failure = {
        stack: stackName,
        step,
        reason,
        ...(address !== undefined && { address }),
        ...(cause && { cause }),
      };
    } finally {
      this.seconds += (performance.now() - start) / 1000;
    }
  }
}

async function deploy(rehearsal: Rehearsal, options: RehearseOptions): Promise<void> {
  if (options.cdktf) {
    await byCdktf("deploy", rehearsal, options);
    for (const stack of rehearsal.stacks) rehearsal.probe(stack);
    return;
  }
  for (const wave of wavesOf(rehearsal.stacks)) {
    await showing(options, wave, "deploy", (stack, show) => rehearsal.deployStack(stack, show));
  }
}

async function destroy(rehearsal: Rehearsal, options: RehearseOptions): Promise<void> {
  rehearsal.liftLocks();
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
