import { devNull } from "node:os";
import { runProcess, type Finished } from "./process";

export interface TerraformOptions {
  /** Folder of the configuration. */
  readonly cwd: string;
  /** @default - $TERRAFORM_BINARY_NAME, as for the cdktf command, or else `terraform` */
  readonly binary?: string;
  /** Further environment variables, such as TF_REATTACH_PROVIDERS. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * For Terraform that ends within a second: to collect garbage takes a tenth of it, and is left until there is much.
 * https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export const HARDLY_COLLECTING: Readonly<Record<string, string>> = { GOGC: "off", GOMEMLIMIT: "512MiB" };

/** The binary that {@link Terraform} runs where it is given none. */
export function terraformBinary(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}

/**
 * Runs Terraform in one folder, asynchronously: the provider servers that it talks to live in this process. Offline and
 * the same for every user: no version check, no CLI configuration file, no TF_ variable but those given.
 */
export class Terraform {
  private readonly binary: string;
  private readonly cwd: string;
  private readonly env: NodeJS.ProcessEnv;

  constructor({ cwd, binary = terraformBinary(), env = {} }: TerraformOptions) {
    this.binary = binary;
    this.cwd = cwd;
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
    this.env = {
      ...Object.fromEntries(inherited),
      ...{ CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_CLI_CONFIG_FILE: devNull },
      ...env,
    };
  }

  /**
   * Runs one command to its end. A failing command is a result, not an exception.
   * @param args `["apply", "-auto-approve", "-no-color"]`
   * @param signal Kills the process at once (SIGKILL) when it is aborted. @default - it runs to its end
   * @throws Error where the binary cannot be started.
   */
  async run(args: readonly string[], signal?: AbortSignal): Promise<Finished> {
    try {
      const { binary, cwd, env } = this;
      return await runProcess(binary, args, { cwd, env, killSignal: "SIGKILL", ...(signal && { signal }) });
    } catch (error) {
      throw new Error(`cannot run "${this.binary}" in ${this.cwd}: ${(error as Error).message}`, { cause: error });
    }
  }
}
