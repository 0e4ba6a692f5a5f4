import type { App } from "cdktf";
import { stackName } from "./config/names";
import { assertNever } from "./config/never";
import type { ClusterSlice, IdentitySlice, SharedSlice } from "./config/slices";
import type { RegistryReference } from "./constructs/container-registry";
import { ExistingSecret } from "./constructs/existing-secret";
import type { PullCredential } from "./constructs/pull-credential";
import { receive, type Flows } from "./stacks/flows";
import { IdentityStack } from "./stacks/identity-stack";
import { ImagesStack, type ImagesStackProps } from "./stacks/images-stack";
import { RegistryStack } from "./stacks/registry-stack";
import { TokenStack } from "./stacks/token-stack";
import { WorkloadStack } from "./stacks/workload-stack";

/** What flows from the stacks that all clusters of an environment share. */
export interface SharedFlows {
  readonly registry: Flows<keyof RegistryReference>;
  /** What follows the repository in a reference to each image that is built here, by the image's key. @default - none is built */
  readonly images?: Flows;
}

/** The stacks that all clusters of an environment share. */
export function buildShared(app: App, slice: SharedSlice, contexts: ImagesStackProps["contexts"]): SharedFlows {
  const { name } = slice.registry.environment;
  const { registry, flows } = new RegistryStack(app, stackName(name, "registry"), slice.registry);
  for (const [key, token] of Object.entries(slice.tokens ?? {}))
    new TokenStack(app, stackName(name, "token", key), { ...token, registry });
  if (!slice.images) return { registry: flows };
  const images = new ImagesStack(app, stackName(name, "images"), { ...slice.images, registry, contexts });
  return { registry: flows, images: images.flows };
}

/** The stacks of one cluster. */
export function buildCluster(
  app: App,
  { key, credential: source, workload: slice }: ClusterSlice,
  flows: SharedFlows,
): void {
  const { name } = slice.environment;
  const registry = receive(app, flows.registry);
  const references = flows.images ? receive(app, flows.images) : {};
  const addIdentity = (identity: IdentitySlice) =>
    new IdentityStack(app, stackName(name, "identity", key), { ...identity, registry });
  const { credential, stack } = pullSource(source, addIdentity);
  const workload = new WorkloadStack(app, stackName(name, "workload", key), {
    ...slice,
    registry,
    references,
    credential,
  });
  // A role of the nodes is no value that flows, and pods need it all the same.
  if (stack) workload.addDependency(stack);
}

/** What a cluster pulls with, and the stack that makes it. @param addIdentity Called where it is made here. */
function pullSource(
  source: ClusterSlice["credential"],
  addIdentity: (identity: IdentitySlice) => IdentityStack,
): { credential: PullCredential; stack?: IdentityStack } {
  switch (source.kind) {
    case "existing":
      return { credential: new ExistingSecret(source.secret) };
    case "made": {
      const stack = addIdentity(source.identity);
      return { credential: stack.credential, stack };
    }
    default:
      return assertNever(source);
  }
}
