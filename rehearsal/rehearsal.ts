import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Environment } from "../config";
import { adoptionsOf, withoutAdoption } from "../config/adoption";
import { stackName } from "../config/names";
import type { Changes } from "../synthesis/changes";
import { STACK_FILE } from "../synthesis/manifest";
import { synthesizeAtOnce } from "../synthesis/synthesize";
import { takeOver } from "../synthesis/take-over";
import { wavesOf } from "../synthesis/waves";
import type { Clouds } from "./clouds";
import { Faults, type FaultRequest } from "./faults";
import { keepStatesLocal } from "./offline-state";
import { assertManifestPodsRun } from "./manifest-pods";
import { probePulls, type Probe } from "./probes";
import type { StepRecord } from "./record";
import { RehearsedStack, type PlannedChange, type RealProviders, type Step } from "./rehearsed-stack";
import { readStacks, type SynthesizedStack } from "../synthesis/synthesized-stack";
import { terraformBinary } from "../terraform/terraform";
import { SharedClouds, type World } from "./shared-clouds";

export interface RehearsalOptions {
  readonly environment: Environment;
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
  /** Output folder whose stacks are taken as they are where they would be built so. @default - all are built */
  readonly output?: string;
  /** Time at which the rehearsal starts. @default - the present */
  readonly now?: Date;
  /** Clouds that it shares with other environments. @default - its own */
  readonly shared?: SharedClouds | undefined;
  /** Faults to inject. @default - none */
  readonly faults?: readonly FaultRequest[];
  /** Changes the synthesized JSON of a stack before it is applied, to see what a mistake does. @default - as it is */
  readonly mutate?: (stack: string, json: string) => string;
  /** Providers that are real ones: what they do happens outside of these clouds. @default - all are doubles */
  readonly real?: RealProviders;
}

/** Called when a stack begins a step. */
export type OnStep = (stack: string, step: Step) => void;

/**
 * A deployment of one environment with the real Terraform binary against clouds in this process. Everything lies in a
 * temporary folder and on loopback.
 */
export class Rehearsal {
  /** Temporary folder: the stacks in `cdktf.out/stacks/`, their states, the log. */
  readonly folder: string;
  readonly log: string;
  readonly clouds: Clouds;
  readonly faults: Faults;
  /** Every step of every stack, in the order in which they ended. */
  readonly steps: StepRecord[] = [];
  /** What the first plan of each stack was to change, by its name. */
  readonly plans = new Map<string, readonly PlannedChange[]>();
  private readonly shared: SharedClouds;
  private found: World;
  private current: readonly RehearsedStack[] = [];
  private environment: Environment;
  private readonly former: SynthesizedStack[] = [];
  private readonly probed = new Map<string, readonly Probe[]>();
  /** Where the environment has kept its states, one after another. */
  private readonly backends: string[] = [];

  /** Synthesizes the environment. Nothing runs yet. */
  constructor(private readonly options: RehearsalOptions) {
    const { environment, now = new Date(), faults = [] } = options;
    this.environment = environment;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), `rehearsal-${environment.name}-`));
    this.log = path.join(this.folder, "terraform.log");
    this.shared = options.shared ?? new SharedClouds([environment], now);
    this.found = this.shared.worldOf(environment);
    this.clouds = this.shared.clouds;
    this.faults = new Faults(faults);
    if (options.output !== undefined) takeOver(options.output, this.outputDirectory, environment);
    this.current = this.synthesize(environment);
  }

  private get outputDirectory(): string {
    return path.join(this.folder, "cdktf.out");
  }

  /** The clouds as the environment finds them. */
  get world(): World {
    return this.found;
  }

  /** In an order that respects their dependencies. */
  get stacks(): readonly RehearsedStack[] {
    return this.current;
  }

  /** The stack whose name ends so: `-registry`. */
  stack(ending: string): RehearsedStack {
    const found = this.stacks.find(({ name }) => name.endsWith(ending));
    if (!found) throw new Error(`no stack ${ending}, there are ${this.stacks.map(({ name }) => name).join(", ")}`);
    return found;
  }

  /** Plans and applies all stacks, those of one wave side by side, each with a second plan that must be empty. */
  async deploy(onStep?: OnStep): Promise<void> {
    for (const wave of wavesOf(this.stacks)) {
      await settleAll(wave.map((stack) => this.deployStack(stack, onStep)));
    }
  }

  /** As `deploy`, one stack. After a fault it is run again, as a person would. */
  async deployStack(stack: RehearsedStack, onStep?: OnStep): Promise<void> {
    const steps: [Step, () => Promise<unknown>][] = [
      ["init", () => stack.init()],
      ["plan", () => this.plan(stack)],
      ["apply", () => stack.apply()],
      ["second plan", () => stack.assertNoChanges()],
    ];
    await this.againAfterFaults(async () => {
      for (const [step, run] of steps) {
        onStep?.(stack.name, step);
        await run();
      }
    });
    this.world.othersActed();
    this.probe(stack, onStep);
  }

  private async plan(stack: RehearsedStack): Promise<void> {
    const changes = await stack.plan();
    if (!this.plans.has(stack.name)) this.plans.set(stack.name, changes);
  }

  /** What a person tries out once a cluster has its pull secrets. */
  probe({ name }: RehearsedStack, onStep?: OnStep): void {
    const { environment, world, options } = this;
    const found = world.clusters.find(({ key }) => stackName(environment.name, "workload", key) === name);
    // A real cluster's pods are not these clouds'.
    if (!found || options.real?.names.includes("kubernetes")) return;
    onStep?.(name, "probe");
    assertManifestPodsRun(environment, found);
    this.probed.set(name, probePulls(environment, world, found));
  }

  /** Pods of others that could pull, by the stacks of their clusters. */
  get probes(): readonly Probe[] {
    return [...this.probed.values()].flat();
  }

  /** Drops `adopt` from the environment as its user does after the first apply: no plan has anything to do then. */
  async dropAdoption(onStep?: OnStep): Promise<void> {
    if (adoptionsOf(this.environment).length === 0) return;
    this.resynthesize(withoutAdoption(this.environment));
    for (const stack of this.stacks) {
      onStep?.(stack.name, "second plan");
      await stack.init();
      await stack.assertNoChanges();
    }
  }

  /** Somebody lifts the locks, without which no stack that has something on the registry is destroyed: that they hold is for tests to see. */
  liftLocks(): void {
    const { locks } = this.clouds.arm;
    for (const { id } of locks.values()) locks.delete(id);
  }

  /** Destroys all stacks in reverse. */
  async destroy(onStep?: OnStep): Promise<void> {
    this.liftLocks();
    for (const wave of wavesOf(this.stacks).reverse()) {
      await settleAll(wave.map((stack) => this.destroyStack(stack, onStep)));
    }
  }

  /** Destroys one stack. Its deletion protection is lifted first: that it holds is for tests to see. */
  async destroyStack(stack: RehearsedStack, onStep?: OnStep): Promise<void> {
    onStep?.(stack.name, "destroy");
    liftProtection(stack.stack);
    await this.againAfterFaults(() => stack.destroy());
  }

  /**
   * Synthesizes what the environment has become into the same folder, as after an edit of its file. States stay as they are, and
   * so do the clouds, but for what the edit says that others have made.
   * @returns What synthesis knows of what is different.
   */
  resynthesize(environment: Environment): Changes {
    for (const { stack } of this.stacks) this.former.push(stack);
    for (const stack of this.stacks) {
      // A Terraform that is still there would kill this process, in which its provider goes away.
      stack.kill();
      stack.close();
    }
    this.environment = environment;
    this.found = this.shared.worldOf(environment);
    let changes: Changes = { gone: [], destructive: [], written: [] };
    this.current = this.synthesize(environment, (told) => {
      changes = told;
    });
    return changes;
  }

  /** Ends everything that runs. @param keepFolder @default false */
  close(keepFolder = false): void {
    for (const stack of this.stacks) {
      stack.kill();
      stack.close();
    }
    if (!keepFolder) fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async againAfterFaults(run: () => Promise<void>): Promise<void> {
    for (;;) {
      const before = this.faults.struck.length;
      try {
        await run();
        return;
      } catch (error) {
        if (this.faults.struck.length === before) throw error;
      }
    }
  }

  private synthesize(environment: Environment, onChanges?: (changes: Changes) => void): RehearsedStack[] {
    const { projectDirectory, mutate } = this.options;
    const { outputDirectory } = this;
    synthesizeAtOnce([environment], { projectDirectory, outputDirectory, tokenTraces: false }, onChanges);
    const synthesized = readStacks(outputDirectory).map((stack) => (mutate ? mutated(stack, mutate) : stack));
    const backend = JSON.stringify(environment.backend);
    if (!this.backends.includes(backend)) this.backends.push(backend);
    const place = this.backends.indexOf(backend);
    keepStatesLocal(synthesized, place === 0 ? "" : `backend-${place + 1}/`);
    return synthesized.map((stack): RehearsedStack => {
      const rehearsed: RehearsedStack = new RehearsedStack({
        stack,
        formerly: this.former.filter(({ name }) => name === stack.name),
        clouds: this.clouds,
        binary: terraformBinary(),
        log: this.log,
        intercept: (operation) => this.faults.strike(operation, rehearsed),
        real: this.options.real,
        onStep: (step) => this.steps.push(step),
      });
      return rehearsed;
    });
  }
}

/** Waits for all, then throws what the first of them threw: nothing is left running behind a failure. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

function mutated(stack: SynthesizedStack, mutate: (stack: string, json: string) => string): SynthesizedStack {
  const file = path.join(stack.directory, STACK_FILE);
  const text = mutate(stack.name, fs.readFileSync(file, "utf8"));
  fs.writeFileSync(file, text);
  return { ...stack, json: JSON.parse(text) as SynthesizedStack["json"] };
}

function liftProtection({ directory }: SynthesizedStack): void {
  const file = path.join(directory, STACK_FILE);
  const text = fs.readFileSync(file, "utf8");
  if (text.includes('"prevent_destroy": true'))
    fs.writeFileSync(file, text.replaceAll('"prevent_destroy": true', '"prevent_destroy": false'));
}
