import fs from "node:fs";
import path from "node:path";
import { providerSchema } from "../bindings";
import type { Clouds } from "./clouds";
import { startProvider, type Interceptor, type OnFailure, type ProviderServer } from "./plugin";
import { createProviders, type ProviderName } from "./providers";
import { STACK_FILE } from "../synthesis/manifest";
import type { StackJson, SynthesizedStack } from "../synthesis/synthesized-stack";
import { lowestMajor } from "../config/version-range";
import { SUBSCRIPTION } from "./subscription";

export interface ServeOptions {
  /** Providers that others serve. @default - none */
  readonly except?: readonly string[];
  readonly intercept?: Interceptor;
  readonly onFailure?: OnFailure;
}

/** Starts a server for each provider that the stacks require, with exactly the types that occur in them, and in files that lie beside theirs. */
export async function serveProviders(
  stacks: readonly SynthesizedStack[],
  clouds: Clouds,
  { except = [], intercept, onFailure }: ServeOptions = {},
): Promise<ProviderServer[]> {
  const images = stacks.find(({ json }) => json.resource && "docker_image" in json.resource);
  // Build contexts are relative to the folder that Terraform runs in.
  if (images) clouds.docker.workingDirectory = images.directory;

  const configurations = stacks.flatMap((stack) => [stack.json, ...besides(stack)]);
  const sources = Object.assign({}, ...stacks.map(({ json }) => json.terraform.required_providers)) as Required<
    StackJson["terraform"]
  >["required_providers"];
  const served = Object.entries(sources).filter(([provider]) => !except.includes(provider));
  return Promise.all(
    served.map(([provider, { source, version }]) => {
      const typesIn = (kind: "resource" | "data" | "ephemeral") => [
        ...new Set(
          configurations.flatMap((json) =>
            Object.keys(json[kind] ?? {}).filter((type) => type.startsWith(`${provider}_`)),
          ),
        ),
      ];
      return startProvider({
        address: `registry.terraform.io/${source.includes("/") ? source : `hashicorp/${source}`}`,
        schema: providerSchema(provider, {
          resources: typesIn("resource"),
          dataSources: typesIn("data"),
          ephemeralResources: typesIn("ephemeral"),
          major: lowestMajor(version),
        }),
        model: () => createProviders(clouds, { ARM_SUBSCRIPTION_ID: SUBSCRIPTION })[provider as ProviderName],
        ...(intercept && { intercept }),
        ...(onFailure && { onFailure }),
      });
    }),
  );
}

function besides({ directory }: SynthesizedStack): Partial<StackJson>[] {
  return fs
    .readdirSync(directory)
    .filter((name) => name.endsWith(".tf.json") && name !== STACK_FILE)
    .map((name) => JSON.parse(fs.readFileSync(path.join(directory, name), "utf8")) as Partial<StackJson>);
}
