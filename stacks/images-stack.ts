import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../config";
import type { RegistryReference } from "../constructs/container-registry";
import { PublishedImage } from "../constructs/published-image";
import { addBackend } from "./backend";

export interface ImagesStackProps {
  readonly environment: Environment;
  readonly registry: RegistryReference;
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
}

/**
 * Builds and pushes. The only stack with the docker provider, which cannot even plan without an engine.
 * User and password for the push come from DOCKER_REGISTRY_USER and DOCKER_REGISTRY_PASS; its state holds no secret.
 */
export class ImagesStack extends TerraformStack {
  /** Digest of each image that is built here, by the image's key. */
  readonly digests: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { environment, registry, projectDirectory }: ImagesStackProps) {
    super(scope, id);
    addBackend(this, environment.backend);
    const { loginServer } = registry;
    new DockerProvider(this, "docker", { registryAuth: [{ address: loginServer }] });

    const images = new Construct(this, "images");
    const digests: Record<string, string> = {};
    for (const [key, { repository, tag = "", build }] of Object.entries(environment.images)) {
      if (!build) continue;
      const props = { loginServer, repository, tag, build: build.docker, projectDirectory };
      digests[key] = new PublishedImage(images, key, props).digest;
    }
    this.digests = digests;
  }
}
