import { App } from "cdktf";
import type { Environment } from "./config";
import { stackName } from "./config/names";
import { ExistingSecret } from "./constructs/existing-secret";
import { IdentityStack } from "./stacks/identity-stack";
import { ImagesStack } from "./stacks/images-stack";
import { RegistryStack } from "./stacks/registry-stack";
import { WorkloadStack } from "./stacks/workload-stack";

export interface BuildAppProps {
  readonly environments: readonly Environment[];
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
  /** Folder that `synth()` writes to. */
  readonly outdir: string;
}

/** All stacks of all environments, and what flows between them. */
export function buildApp({ environments, projectDirectory, outdir }: BuildAppProps): App {
  const app = new App({ outdir });
  for (const environment of environments) {
    const { name, images, clusters, workloads } = environment;
    const { registry } = new RegistryStack(app, stackName(name, "registry"), { environment });

    const builds = Object.values(images).some(({ build }) => build);
    const { references } = builds
      ? new ImagesStack(app, stackName(name, "images"), { environment, registry, projectDirectory })
      : { references: {} };

    for (const [key, cluster] of Object.entries(clusters)) {
      const here = Object.fromEntries(
        Object.entries(workloads).filter(([, workload]) => workload.clusters.includes(key)),
      );
      const repositories = Object.values(here).map(({ image }) => images[image]?.repository ?? "");
      const { existingSecret } = cluster.pull;
      const source = existingSecret
        ? { credential: new ExistingSecret(existingSecret.name) }
        : new IdentityStack(app, stackName(name, "identity", key), { environment, cluster, registry, repositories });
      const workload = new WorkloadStack(app, stackName(name, "workload", key), {
        environment,
        cluster,
        workloads: here,
        registry,
        references,
        credential: source.credential,
      });
      // A role of the nodes is no value that flows, and pods need it all the same.
      if (source instanceof IdentityStack) workload.addDependency(source);
    }
  }
  return app;
}
