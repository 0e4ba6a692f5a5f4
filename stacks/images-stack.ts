import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment, Image } from "../config";
import { assertNever } from "../config/never";
import type { RegistryReference } from "../constructs/container-registry";
import { PublishedImage } from "../constructs/published-image";
import { TaskImage } from "../constructs/task-image";
import { addBackend } from "./backend";
import { exportAlways } from "./export-always";
import { addAzurermProvider, addDockerProvider } from "./providers";

export interface ImagesStackProps {
  readonly environment: Environment;
  readonly registry: RegistryReference;
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
}

/**
 * Builds and pushes. The only stack with the docker provider, which cannot even plan without an engine; where the registry
 * builds everything itself, it has none.
 * User and password for the push come from DOCKER_REGISTRY_USER and DOCKER_REGISTRY_PASS; its state holds no secret.
 */
export class ImagesStack extends TerraformStack {
  /** What follows the repository in a reference to each image that is built here, by the image's key. */
  readonly references: Readonly<Record<string, string>>;

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
    this.references = Object.fromEntries(
      Object.entries(images).flatMap(([key, image]) => {
        const reference = addImage(group, key, image, props);
        return reference === undefined ? [] : [[key, reference]];
      }),
    );
    exportAlways(this, Object.values(this.references));
  }
}

/** @returns The reference to the image; undefined where another pipeline pushes it. */
function addImage(
  scope: Construct,
  key: string,
  { repository, origin }: Image,
  { registry, projectDirectory }: ImagesStackProps,
): string | undefined {
  switch (origin.kind) {
    case "docker": {
      const { loginServer } = registry;
      const directory = `${projectDirectory}/${origin.context}`;
      return new PublishedImage(scope, key, { ...origin, loginServer, repository, directory }).reference;
    }
    case "acrTask":
      return new TaskImage(scope, key, { ...origin, registry, repository, taskName: `build-${key}` }).reference;
    case "prebuilt":
      return undefined;
    default:
      return assertNever(origin);
  }
}
