import fs from "node:fs";
import path from "node:path";
import { readStackJson } from "../synthesis/synthesized-stack";
import { terraformBinary } from "../terraform/terraform";
import type { Installations } from "./installations";
import { runInterruptibly, type Interruption } from "./interruption";
import { isInitialized, LOCK_FILE, markInitialized } from "./initialized";
import { lockFileOf } from "./lock-files";
import { summarizePlan, type PlanSummary } from "./plan-summary";
import type { PushCredentials } from "./push-credentials";

/** A stack in the output folder. */
export interface RunnableStack {
  readonly name: string;
  readonly directory: string;
  readonly environment: string;
  readonly kind: string;
  /** Key of the cluster. @default - all clusters of the environment share the stack */
  readonly cluster?: string | undefined;
  readonly dependencies: readonly string[];
  /** Of its files. */
  readonly digest: string;
}

export interface RunContext {
  readonly projectDirectory: string;
  readonly outputDirectory: string;
  /** Folder for saved plans. */
  readonly privateFolder: string;
  readonly interruption: Interruption;
  readonly credentials: PushCredentials;
  readonly installations: Installations;
  /** The surroundings. */
  readonly variables: NodeJS.ProcessEnv;
}

/** A step failed. The message is all there is to say beside the stack's output. */
export class StackFailure extends Error {
  constructor(
    message: string,
    /** What the step said. */
    readonly said: string,
  ) {
    super(message);
  }
}

/** How Terraform says that its folder is not ready. */
const ASKS_FOR_INIT = /terraform init|tofu init|Required plugins are not installed|Backend initialization required/;

/** Terraform in one stack. What it says is kept, to be shown in one piece. */
export class StackRun {
  private readonly lines: string[] = [];
  private readonly secret: NodeJS.ProcessEnv = {};
  private init: (() => Promise<void>) | undefined;

  constructor(
    readonly stack: RunnableStack,
    private readonly context: RunContext,
  ) {}

  /** What was said so far. */
  get output(): string {
    return this.lines.join("");
  }

  say(text: string): void {
    this.lines.push(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** All that Terraform needs before it plans. @throws {StackFailure} */
  async prepare(): Promise<void> {
    const { directory, name, environment } = this.stack;
    const { projectDirectory, outputDirectory, credentials, installations, variables } = this.context;
    const { terraform } = readStackJson(directory);
    const { backend, required_providers: providers = {} } = terraform;
    if ((variables.CI || variables.TF_BUILD) && backend?.local) {
      this.fail(
        `${name} keeps its state in a file, which is lost with the runner: name another backend in the environment file`,
      );
    }
    const locks = path.join(projectDirectory, "locks");
    const hasLocks = fs.existsSync(locks);
    if (hasLocks) {
      const lock = path.join(projectDirectory, lockFileOf(providers));
      if (!fs.existsSync(lock)) {
        this.fail(
          `${name} needs ${path.relative(projectDirectory, lock)}, which is not there: run acr-pull lock and commit what it writes`,
        );
      }
      fs.copyFileSync(lock, path.join(directory, LOCK_FILE));
    }
    this.init = () =>
      installations.install(lockFileOf(providers), async () => {
        await this.terraform("init", "-input=false", "-no-color", ...(hasLocks ? ["-lockfile=readonly"] : []));
        markInitialized(directory, terraform, installations.variables);
      });
    if (!isInitialized(directory, terraform, installations.variables)) await this.init();
    if (providers.docker) {
      const registry = path.join(outputDirectory, "stacks", `${environment}-registry`);
      Object.assign(this.secret, await credentials.of(registry));
    }
  }

  /**
   * Saves a plan.
   * @returns Whether it has changes.
   * @throws {StackFailure}
   */
  async plan(...options: readonly string[]): Promise<boolean> {
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${this.planFile}`, ...options];
    try {
      return (await this.terraform(...args)) === 2;
    } catch (error) {
      // Somebody has emptied the cache of providers since, for one.
      if (!(error instanceof StackFailure) || !ASKS_FOR_INIT.test(error.said)) throw error;
      await this.init?.();
      return (await this.terraform(...args)) === 2;
    }
  }

  /** What the saved plan does. */
  async summary(): Promise<PlanSummary> {
    const { stdout } = await this.run(["show", "-json", this.planFile]);
    return summarizePlan(stdout);
  }

  /** The saved plan for people, with what is secret masked. */
  async text(): Promise<string> {
    return (await this.run(["show", "-no-color", this.planFile])).stdout;
  }

  /** Applies the saved plan. @throws {StackFailure} */
  async apply(): Promise<void> {
    await this.terraform("apply", "-input=false", "-no-color", this.planFile);
  }

  /** A saved plan holds secrets as the state does. */
  forgetPlan(): void {
    fs.rmSync(this.planFile, { force: true });
  }

  private get planFile(): string {
    return path.join(this.context.privateFolder, `${this.stack.name}.tfplan`);
  }

  private fail(message: string): never {
    this.say(message);
    throw new StackFailure(message, message);
  }

  /** @returns The exit code, 0 or 2. @throws {StackFailure} For any other. */
  private async terraform(...args: readonly string[]): Promise<number> {
    const { code, output } = await this.run(args, (text) => {
      this.lines.push(text);
    });
    if (code === 0 || (code === 2 && args[0] === "plan")) return code;
    const [, error = `terraform ${args[0] ?? ""} ended with ${code}`] = /Error: (.*)/.exec(output) ?? [];
    throw new StackFailure(error, output);
  }

  private run(args: readonly string[], onText?: (text: string) => void) {
    const { interruption, installations, variables } = this.context;
    return runInterruptibly(interruption, terraformBinary(), [`-chdir=${this.stack.directory}`, ...args], {
      cwd: this.context.projectDirectory,
      env: {
        ...variables,
        ...installations.variables,
        ...{ TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
        ...this.secret,
      },
      ...(onText && { onText }),
    });
  }
}
