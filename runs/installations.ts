import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * Providers that stacks share: some hundred megabytes, once a machine and not once a stack. Terraform's cache of them takes one writer at
 * a time, so the first stack with a set of providers installs them alone, and the others with the same find them there.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
export class Installations {
  /** Environment variables for Terraform. */
  readonly variables: NodeJS.ProcessEnv;
  private readonly first = new Map<string, Promise<void>>();
  private last: Promise<unknown> = Promise.resolve();

  /** @param surroundings Their TF_PLUGIN_CACHE_DIR is taken; empty for no cache. @default - ~/.terraform.d/plugin-cache */
  constructor(surroundings: NodeJS.ProcessEnv) {
    const folder = surroundings.TF_PLUGIN_CACHE_DIR ?? path.join(os.homedir(), ".terraform.d/plugin-cache");
    if (folder !== "") fs.mkdirSync(folder, { recursive: true });
    this.variables = folder === "" ? {} : { TF_PLUGIN_CACHE_DIR: folder };
  }

  /**
   * Installs.
   * @param providers What a stack requires: equal for equal providers and versions.
   */
  async install(providers: string, init: () => Promise<void>): Promise<void> {
    const known = this.first.get(providers);
    if (known) {
      await known.catch(() => undefined);
      return init();
    }
    const alone = this.last.catch(() => undefined).then(init);
    this.last = alone;
    this.first.set(providers, alone);
    return alone;
  }
}
