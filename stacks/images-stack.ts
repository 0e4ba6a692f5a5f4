import type { DockerProviderRegistryAuth } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Image } from "../config";
import { entryAt } from "../config/entry-at";
import { assertNever } from "../config/never";
import { formerHosts } from "../config/registry-hosts";
import type { ImagesSlice } from "../config/slices";
import type { RegistryReference } from "../constructs/container-registry";
import type { ContextFiles } from "../constructs/context-files";
import { PublishedImage } from "../constructs/published-image";
import { TaggedImage } from "../constructs/tagged-image";
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
 * Builds and pushes. The only stack with the docker provider, which cannot even plan without an engine. Terraform leaves a provider
 * alone that neither the stack nor its state has resources of: where the registry builds everything itself, no engine is needed.
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
    const origins = Object.values(images).map(({ origin }) => origin);
    const kinds = new Set(origins.map(({ kind }) => kind));
    const isRead = origins.some((origin) => origin.kind === "tagged" && origin.pin);
    // Whatever builds: the state may hold what an engine has built.
    addDockerProvider(this, environment, {
      registryAuth: registriesOf(environment, registry),
      // Reading tags alone takes no engine.
      disableDockerDaemonCheck: isRead && !kinds.has("docker") ? true : undefined,
    });
    // Not so with tasks: azurerm is ten times as large, and a stack without it asks nothing of Azure.
    if (kinds.has("acrTask")) addAzurermProvider(this, environment);

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

/** What is pushed to and, without the credentials for that, what was: the provider cannot even drop an image of a host that it does not know. */
function registriesOf(
  { azure, registry }: ImagesSlice["environment"],
  { loginServer }: RegistryReference,
): DockerProviderRegistryAuth[] {
  const former = formerHosts(registry, azure).map((address) => ({ address, authDisabled: true }));
  return [{ address: loginServer }, ...former];
}

/** @returns The reference to the image; undefined where the file itself says it. */
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
    case "tagged": {
      const { loginServer } = registry;
      return origin.pin
        ? new TaggedImage(scope, key, { loginServer, repository, tag: origin.tag }).reference
        : undefined;
    }
    case "prebuilt":
      return undefined;
    default:
      return assertNever(origin);
  }
}
