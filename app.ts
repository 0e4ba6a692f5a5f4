import { App } from "cdktf";
import type { Environment, Pull } from "./config";
import { isBuilt } from "./config/built";
import { entryAt } from "./config/entry-at";
import { stackName } from "./config/names";
import { assertNever } from "./config/never";
import { ExistingSecret } from "./constructs/existing-secret";
import type { PullCredential } from "./constructs/pull-credential";
import { IdentityStack, type IdentityStackProps } from "./stacks/identity-stack";
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

    const { references } = Object.values(images).some(({ origin }) => isBuilt(origin))
      ? new ImagesStack(app, stackName(name, "images"), { environment, registry, projectDirectory })
      : { references: {} };

    for (const [key, cluster] of Object.entries(clusters)) {
      const here = Object.fromEntries(
        Object.entries(workloads).filter(([, workload]) => workload.clusters.includes(key)),
      );
      const repositories = Object.values(here).map(({ image }) => entryAt(images, image).repository);
      const addIdentity = (pull: IdentityStackProps["pull"]) =>
        new IdentityStack(app, stackName(name, "identity", key), { environment, pull, registry, repositories });
      const { credential, stack } = pullSource(cluster.pull, addIdentity);
      const workload = new WorkloadStack(app, stackName(name, "workload", key), {
        environment,
        cluster,
        workloads: here,
        registry,
        references,
        credential,
      });
      // A role of the nodes is no value that flows, and pods need it all the same.
      if (stack) workload.addDependency(stack);
    }
  }
  return app;
}

/** What a cluster pulls with, and the stack that makes it. @param addIdentity Called where it is made here. */
function pullSource(
  pull: Pull,
  addIdentity: (pull: IdentityStackProps["pull"]) => IdentityStack,
): { credential: PullCredential; stack?: IdentityStack } {
  switch (pull.kind) {
    case "existingSecret":
      return { credential: new ExistingSecret(pull.name) };
    case "servicePrincipal":
    case "registryToken":
    case "managedIdentity": {
      const stack = addIdentity(pull);
      return { credential: stack.credential, stack };
    }
    default:
      return assertNever(pull);
  }
}
