import fs from "node:fs";
import type { Clouds } from "./clouds";
import { narrate } from "../terraform/narration";
import type { StateResource } from "./compare-states";
import { CloudError, reattachEnvironment, type Interceptor, type ProviderServer } from "./plugin";
import type { StepRecord } from "./record";
import { rfc3339 } from "./providers/values";
import { serveProviders } from "./servers";
import type { SynthesizedStack } from "../synthesis/synthesized-stack";
import { HARDLY_COLLECTING, Terraform } from "../terraform/terraform";

/** What a person does with a stack, in this order. */
export type Step = "init" | "plan" | "apply" | "second plan" | "probe" | "destroy";

/** A step that failed, or did what it must not. The message begins with where. */
export class StepFailure extends Error {
  constructor(
    readonly stackName: string,
    readonly step: Step,
    readonly reason: string,
    /** Address of the resource. @default - the stack as a whole */
    readonly address?: string,
  ) {
    super(`${stackName}: ${step}: ${address === undefined ? "" : `${address}: `}${reason}`);
    this.name = "StepFailure";
  }
}

/** Providers that are not doubled. */
export interface RealProviders {
  /** `kubernetes` */
  readonly names: readonly string[];
  /** Environment variables for Terraform in a stack: where it finds them (TF_CLI_CONFIG_FILE), and they their clouds. */
  readonly env: (stack: SynthesizedStack) => Readonly<Record<string, string>>;
}

/** A change of a resource in a plan. */
export interface PlannedChange {
  readonly address: string;
  /** As Terraform calls it: `create`, `update`, `replace`, `delete`, `remove` from the state. */
  readonly action: string;
  /** In Terraform's words. */
  readonly message: string;
}

export interface RehearsedStackProps {
  readonly stack: SynthesizedStack;
  /** What the stack was before its environment was edited: the state may hold resources of it. @default - none */
  readonly formerly?: readonly SynthesizedStack[];
  readonly clouds: Clouds;
  readonly binary: string;
  /** Log file that Terraform's own words are appended to. */
  readonly log: string;
  readonly intercept?: Interceptor;
  /** @default - all providers are doubles */
  readonly real?: RealProviders | undefined;
  /** Gets every step when it has ended. @default - nobody asks */
  readonly onStep?: (step: StepRecord) => void;
}

/** OpenTofu plans to open what is ephemeral, in every plan, and to read after it. */
const CHANGES_NOTHING = ["open", "read"];

/** Name of the saved plan in the stack's folder. */
const PLAN_FILE = "rehearsal.tfplan";

/** One stack with provider servers of its own, so that stacks can run side by side. */
export class RehearsedStack {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly stack: SynthesizedStack;
  /** Warnings of all steps so far, such as those of `check` blocks. */
  readonly warnings: string[] = [];
  /** Time that Terraform took so far. */
  seconds = 0;

  private servers: ProviderServer[] = [];
  private isInitialized = false;
  private running: AbortController | undefined;
  /** What the clouds know of why the running step fails, and Terraform does not. */
  private causes: string[] = [];

  constructor(private readonly props: RehearsedStackProps) {
    this.stack = props.stack;
    this.name = props.stack.name;
    this.dependencies = props.stack.dependencies;
  }

  /** Number of resources that the stack declares. */
  get resourceCount(): number {
    return Object.values(this.stack.json.resource ?? {}).reduce(
      (count, blocks) => count + Object.keys(blocks).length,
      0,
    );
  }

  /** Once is enough: another configuration is another stack. */
  async init(): Promise<void> {
    if (this.isInitialized) return;
    await this.step("init", ["init", "-input=false", "-no-color"]);
    this.isInitialized = true;
  }

  /** Saves the plan for `apply`. Whatever `validate` refuses, it refuses in the same words. @returns What it is going to change. */
  async plan(): Promise<PlannedChange[]> {
    const output = await this.step("plan", ["plan", "-json", "-input=false", `-out=${PLAN_FILE}`]);
    return plannedIn(output);
  }

  /** Applies the saved plan. */
  async apply(): Promise<void> {
    await this.step("apply", ["apply", "-json", "-input=false", PLAN_FILE]);
  }

  /** @throws StepFailure where a plan right after an apply still wants to change something. */
  async assertNoChanges(): Promise<void> {
    const output = await this.step("second plan", ["plan", "-json", "-input=false", "-detailed-exitcode"], [0, 2]);
    const planned = plannedIn(output).map(({ message }) => message);
    if (planned.length > 0) throw new StepFailure(this.name, "second plan", `is not empty: ${planned.join("; ")}`);
  }

  async destroy(): Promise<void> {
    await this.step("destroy", ["destroy", "-json", "-input=false", "-auto-approve"]);
  }

  /** Runs any command of Terraform in the stack's folder. */
  async terraform(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const { clouds, binary, log, intercept, formerly = [], real } = this.props;
    if (this.servers.length === 0) {
      this.servers = await serveProviders([...formerly, this.stack], clouds, {
        except: real?.names ?? [],
        ...(intercept && { intercept }),
        onFailure: (error) => {
          if (error instanceof CloudError) this.causes.push(...error.causes);
        },
      });
    }
    this.running = new AbortController();
    const terraform = new Terraform({
      cwd: this.stack.directory,
      binary,
      env: {
        ...HARDLY_COLLECTING,
        TF_REATTACH_PROVIDERS: reattachEnvironment(this.servers),
        // Terraform's own clock cannot be moved.
        TF_VAR_now: rfc3339(clouds.clock.now()),
        TF_VAR_present: rfc3339(clouds.clock.now()),
        ...real?.env(this.stack),
      },
    });
    const start = performance.now();
    const finished = await terraform.run(args, this.running.signal);
    this.seconds += (performance.now() - start) / 1000;
    const { text } = narrate(`${finished.stdout}\n${finished.stderr}`);
    fs.appendFileSync(log, `\n$ terraform -chdir=${this.name} ${args.join(" ")}\n${text}\n`);
    return finished;
  }

  /** @returns Every resource in the stack's state. */
  async state(): Promise<StateResource[]> {
    const { stdout } = await this.terraform(["show", "-json"]);
    const state = JSON.parse(stdout) as { values?: { root_module?: { resources?: StateResource[] } } };
    return state.values?.root_module?.resources ?? [];
  }

  /** Kills the Terraform that runs, as a machine that goes away does. */
  kill(): void {
    this.running?.abort();
  }

  /** Cuts the connections between Terraform and the providers; the next command gets new ones. */
  close(): void {
    for (const server of this.servers) server.close();
    this.servers = [];
  }

  private async step(step: Step, args: readonly string[], allowed = [0]): Promise<string> {
    this.causes = [];
    const start = performance.now() / 1000;
    const { code, stdout, stderr } = await this.terraform(args);
    const record = { stack: this.name, step, start, seconds: performance.now() / 1000 - start };
    this.props.onStep?.({ ...record, failed: !allowed.includes(code) });
    const { errors, warnings } = narrate(stdout);
    this.warnings.push(...warnings);
    if (allowed.includes(code)) return stdout;
    const [first] = errors;
    const causes = [...new Set(this.causes)];
    fs.appendFileSync(this.props.log, causes.map((cause) => `${cause}\n`).join(""));
    const reason = [first?.message ?? plainError(stderr || stdout), ...causes].join("\n");
    throw new StepFailure(this.name, step, reason, first?.address);
  }
}

function plannedIn(output: string): PlannedChange[] {
  const lines = output.split("\n").filter((line) => line.includes('"type":"planned_change"'));
  return lines
    .map((line) => {
      const told = JSON.parse(line) as { "@message": string; change: { action: string; resource: { addr: string } } };
      return { address: told.change.resource.addr, action: told.change.action, message: told["@message"] };
    })
    .filter(({ action }) => !CHANGES_NOTHING.includes(action));
}

/** The first error in output for people. */
function plainError(output: string): string {
  const text = output.replace(/[╷│╵]/g, "").trim();
  return /Error: (.*)/s.exec(text)?.[1]?.trim() ?? (text || "ended without a word");
}
