import path from "node:path";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ManifestObjects } from "../../constructs/manifest-objects";
import type { ManifestSet } from "../../manifests/manifest-set";
import { narrate } from "../../terraform/narration";
import { Terraform } from "../../terraform/terraform";

/** Objects on a cluster as the provider makes them. */
export class ByProvider {
  private readonly terraform: Terraform;

  /**
   * @param set Of what is made.
   * @param kubeconfig Absolute path of the file.
   * @param folder Empty, for configuration and state.
   */
  constructor(set: ManifestSet, kubeconfig: string, folder: string) {
    const app = new App({ outdir: folder });
    const stack = new TerraformStack(app, "objects");
    new KubernetesProvider(stack, "kubernetes", { configPath: kubeconfig });
    const makers = new Map(set.namespaces.map(({ name, madeBy }) => [name, madeBy]));
    const place = (name: string) => {
      const maker = makers.get(name);
      const reference = maker === undefined ? undefined : objects.namespaceBy(maker);
      return { namespace: reference ?? name, pullSecretName: undefined };
    };
    const imageReference = () => {
      throw new Error("no image is ours here");
    };
    const objects: ManifestObjects = new ManifestObjects(stack, "objects", { set, imageReference, place });
    objects.addOthers();
    app.synth();
    // What installs providers is the user's: the real ones are wanted.
    const { TF_CLI_CONFIG_FILE: config } = process.env;
    const env: Record<string, string> = config === undefined ? {} : { TF_CLI_CONFIG_FILE: config };
    this.terraform = new Terraform({ cwd: path.join(folder, "stacks", "objects"), env });
  }

  /** @throws Error with what Terraform says. */
  async apply(): Promise<void> {
    await this.run(["init", "-input=false", "-no-color"]);
    await this.run(["apply", "-json", "-input=false", "-auto-approve"]);
  }

  /** @returns What a plan right after the apply would change. */
  async secondPlan(): Promise<string[]> {
    const output = await this.run(["plan", "-json", "-input=false", "-detailed-exitcode"], [0, 2]);
    const lines = output.split("\n").filter((line) => line.includes('"type":"planned_change"'));
    return lines.map((line) => (JSON.parse(line) as { "@message": string })["@message"]);
  }

  async destroy(): Promise<void> {
    await this.run(["destroy", "-json", "-input=false", "-auto-approve"]);
  }

  private async run(args: readonly string[], allowed: readonly number[] = [0]): Promise<string> {
    const { code, stdout, stderr } = await this.terraform.run(args);
    if (allowed.includes(code)) return stdout;
    const errors = narrate(stdout).errors.map(({ message, address = "" }) => `${address} ${message}`);
    throw new Error(`terraform ${args[0] ?? ""}: ${errors.join("\n") || stderr}`);
  }
}
