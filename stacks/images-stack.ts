import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Image } from "../config";
import { entryAt } from "../config/entry-at";
import { assertNever } from "../config/never";
import type { ImagesSlice } from "../config/slices";
import type { RegistryReference } from "../constructs/container-registry";
import type { ContextFiles } from "../constructs/context-files";
import { PublishedImage } from "../constructs/published-image";
import { TaskImage } from "../constructs/task-image";
import { addBackend } from "./backend";
import { flowsFrom, type Flows } from "./flows";
import { addAzurermProvider, addDockerProvider } from "./providers";

export interface ImagesStackProps extends ImagesSlice {
  readonly registry: RegistryReference;
  /** Build contexts of the images that a Docker engine builds, by their keys. */
  readonly contexts: Readonly<Record<string, ContextFiles>>;
}

/**
 * Builds and pushes. The only stack with the docker provider, which cannot even plan without an engine; where the registry
 * builds everything itself, it has none.
 * User and password for the push come from DOCKER_REGISTRY_USER and DOCKER_REGISTRY_PASS; its state holds no secret.
 */
export class ImagesStack extends TerraformStack {
  /** What follows the repository in a reference to each image that is built here, by the image's key. */
  readonly flows: Flows;

  constructor(scope: Construct, id: string, props: ImagesStackProps) {
    super(scope, id);
    const { environment, registry } = props;
    const { backend, images } = environment;
    addBackend(this, backend);
    const kinds = Object.values(images).map(({ origin }) => origin.kind);
    if (kinds.includes("docker")) {
      addDockerProvider(this, environment, { registryAuth: [{ address: registry.loginServer }] });
    }
    if (kinds.includes("acrTask")) addAzurermProvider(this, environment);

    const group = new Construct(this, "images");
    const references = Object.fromEntries(
      Object.entries(images).flatMap(([key, image]) => {
        const reference = addImage(group, key, image, props);
        return reference === undefined ? [] : [[key, reference]];
      }),
    );
    this.flows = flowsFrom(this, backend, references);
  }
}

/** @returns The reference to the image; undefined where another pipeline pushes it. */
function addImage(
  scope: Construct,
  key: string,
  { repository, origin }: Image,
  { registry, contexts }: ImagesStackProps,
): string | undefined {
  switch (origin.kind) {
    case "docker": {
      const { loginServer } = registry;
      const context = entryAt(contexts, key);
      return new PublishedImage(scope, key, { ...origin, loginServer, repository, context }).reference;
    }
    case "acrTask":
      return new TaskImage(scope, key, { ...origin, registry, repository, taskName: `build-${key}` }).reference;
    case "prebuilt":
      return undefined;
    default:
      return assertNever(origin);
  }
}
