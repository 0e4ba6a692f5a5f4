import { DataDockerRegistryImage } from "@cdktf/provider-docker/lib/data-docker-registry-image";
import { Construct } from "constructs";

export interface TaggedImageProps {
  /** Host of the registry. */
  readonly loginServer: string;
  readonly repository: string;
  /** Set by whoever pushes. Where it moves, the next plan shows another digest. */
  readonly tag: string;
}

/**
 * An image that somebody else pushes and that is known by its tag: the registry says at every plan what digest that is. It is asked
 * with the credentials of pushes, over HTTPS and without an engine.
 */
export class TaggedImage extends Construct {
  /** What follows the repository in an image reference: `@sha256:…`. */
  readonly reference: string;

  constructor(scope: Construct, id: string, { loginServer, repository, tag }: TaggedImageProps) {
    super(scope, id);
    const found = new DataDockerRegistryImage(this, "tag", { name: `${loginServer}/${repository}:${tag}` });
    this.reference = `@${found.sha256Digest}`;
  }
}
