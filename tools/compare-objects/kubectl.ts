import { runProcess } from "../../terraform/process";
import type { ManifestResource } from "../../manifests/manifest-set";

/** Runs kubectl on one cluster. */
export class Kubectl {
  /** @param kubeconfig Path of the file. */
  constructor(private readonly kubeconfig: string) {}

  /** Applies objects as they are. @throws Error with what kubectl says. */
  async apply(file: string): Promise<void> {
    await this.run(["apply", "--filename", file]);
  }

  async delete(file: string): Promise<void> {
    await this.run(["delete", "--ignore-not-found", "--wait=true", "--timeout=120s", "--filename", file]);
  }

  /** @returns Undefined where it is not there. */
  async get({ kind, name, namespace }: ManifestResource, apiVersion: string): Promise<unknown> {
    const [group, version = group] = apiVersion.split("/");
    const type = apiVersion.includes("/") ? `${kind}.${version}.${group ?? ""}` : kind;
    const place = namespace === undefined ? [] : ["--namespace", namespace];
    const text = await this.run(["get", type, name, ...place, "--ignore-not-found", "--output", "json"]);
    return text.trim() === "" ? undefined : JSON.parse(text);
  }

  private async run(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runProcess("kubectl", ["--kubeconfig", this.kubeconfig, ...args], {
      cwd: ".",
      env: process.env,
    });
    if (code === 0) return stdout;
    throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim()}`);
  }
}
