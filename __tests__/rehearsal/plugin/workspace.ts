import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Interceptor, ProviderModel } from "../../../rehearsal/sdk/model";
import { providerSchema, type UsedTypes } from "../../../bindings";
import { reattachEnvironment, startProvider, type ProviderServer } from "../../../rehearsal/plugin/server";
import type { Finished } from "../../../terraform/process";
import { Terraform } from "../../../terraform/terraform";

const SOURCES: Readonly<Record<string, string>> = {
  azurerm: "hashicorp/azurerm",
  azuread: "hashicorp/azuread",
  kubernetes: "hashicorp/kubernetes",
  docker: "kreuzwerker/docker",
};

const servers: ProviderServer[] = [];
const folders: string[] = [];

/** Starts a server of a provider, until {@link cleanUp}. */
export async function serve(
  provider: string,
  used: UsedTypes,
  model: ProviderModel = {},
  intercept?: Interceptor,
): Promise<ProviderServer> {
  const address = `registry.terraform.io/${SOURCES[provider] ?? ""}`;
  const server = await startProvider({
    ...{ address, schema: providerSchema(provider, used), intercept },
    model: () => model,
  });
  servers.push(server);
  return server;
}

/** Ends every server and removes every folder of the test: for `afterEach`. */
export function cleanUp(): void {
  servers.splice(0).forEach((server) => {
    server.close();
  });
  folders.splice(0).forEach((folder) => {
    rmSync(folder, { recursive: true });
  });
}

/** A folder with one `main.tf.json`, and Terraform in it. */
export class Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), "plugin-"));
  private readonly terraform: Terraform;
  private readonly sources: Readonly<Record<string, { source: string }>>;

  constructor(...providers: readonly ProviderServer[]) {
    folders.push(this.folder);
    const served = providers.map(({ reattach }) => Object.keys(reattach).join());
    this.sources = Object.fromEntries(
      Object.entries(SOURCES).flatMap(([name, source]) =>
        served.some((address) => address.endsWith(source)) ? [[name, { source }]] : [],
      ),
    );
    this.terraform = new Terraform({
      cwd: this.folder,
      env: { TF_REATTACH_PROVIDERS: reattachEnvironment(providers) },
    });
  }

  /** Writes the configuration, and initialises the folder for it. */
  async write(config: Readonly<Record<string, unknown>>): Promise<void> {
    const terraform = { required_providers: this.sources };
    const azurerm = "azurerm" in this.sources ? { provider: { azurerm: { features: [{}] } } } : {};
    writeFileSync(join(this.folder, "main.tf.json"), JSON.stringify({ terraform, ...azurerm, ...config }));
    await this.succeed("init");
  }

  run(command: string, ...args: readonly string[]): Promise<Finished> {
    return this.terraform.run([command, "-no-color", ...args]);
  }

  apply(): Promise<Finished> {
    return this.run("apply", "-auto-approve");
  }

  /** @returns What a command that must succeed printed. */
  async succeed(command: string, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, ...args);
    if (code !== 0) {
      throw new Error(`terraform ${command} ended with ${code}:\n${stdout}${stderr}`);
    }
    return stdout;
  }

  /** @returns Whether a plan finds nothing to do. It must not fail. */
  async isSettled(): Promise<boolean> {
    const { code, stderr } = await this.run("plan", "-detailed-exitcode");
    if (code === 1) {
      throw new Error(`terraform plan failed:\n${stderr}`);
    }
    return code === 0;
  }

  /** @returns The text of the state file. */
  state(): string {
    return readFileSync(join(this.folder, "terraform.tfstate"), "utf8");
  }

  editState(edit: (text: string) => string): void {
    writeFileSync(join(this.folder, "terraform.tfstate"), edit(this.state()));
  }

  /** @returns The attributes of one resource in the state, undefined where it is not there. */
  attributes(type: string): Readonly<Record<string, unknown>> | undefined {
    const { resources } = JSON.parse(this.state()) as {
      resources: { type: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    return resources.find((resource) => resource.type === type)?.instances[0]?.attributes;
  }
}
