import { createHash } from "node:crypto";
import { Image } from "@cdktf/provider-docker/lib/image";
import { RegistryImage } from "@cdktf/provider-docker/lib/registry-image";
import { Construct } from "constructs";
import { written, type Text, type TextMap, type Texts } from "../config/text";
import { BuildContext } from "./build-context";
import type { ContextFiles } from "./context-files";
import { literal, literalMap, literals } from "./literal";
import { nonEmpty } from "./non-empty";

export interface PublishedImageProps {
  readonly loginServer: string;
  /** Repository in the registry. A change pushes to the new place and leaves the old one. */
  readonly repository: string;
  readonly tag: string;
  /** The build context, read. */
  readonly context: ContextFiles;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: Text;
  /** Build arguments. They end up in the image's history: no secrets. */
  readonly args: Texts;
  /** Platform of the nodes that run the image, such as linux/amd64. */
  readonly platform: string;
  /** Build stage. @default - the last */
  readonly target?: string | undefined;
  /** OCI image labels. */
  readonly labels: TextMap;
}

/** An image that is built by a Docker engine and pushed; both happen again when, and only when, its sources change. */
export class PublishedImage extends Construct {
  /** What follows the repository in an image reference: `@sha256:…`, the digest that was pushed. */
  readonly reference: string;

  constructor(scope: Construct, id: string, props: PublishedImageProps) {
    super(scope, id);
    const { dockerfile, args, platform, target, labels } = props;
    const source = new BuildContext(this, "context", props.context);
    // The same trigger on both: a rebuilt image is not pushed otherwise.
    const triggers = {
      source: hashOf([source.hash, dockerfile.text, written(args), platform, target, pairsOf(labels)]),
    };
    const image = new Image(this, "image", {
      name: `${props.loginServer}/${props.repository}:${props.tag}`,
      triggers,
      keepLocally: true,
      buildAttribute: {
        context: source.path,
        dockerfile: literal(dockerfile),
        buildArgs: nonEmpty(literals(args)),
        platform,
        target,
        // For the builder of the engine; buildx would want `label`.
        labels: nonEmpty(literalMap(labels)),
      },
    });
    // Without keepRemotely, a replacement deletes the manifest that pods still run.
    const pushed = new RegistryImage(this, "push", { name: image.name, triggers, keepRemotely: true });
    // The digest of our push. `sha256_digest` follows the tag, and the tag may be moved by somebody else.
    this.reference = `@${pushed.id}`;
  }
}

function pairsOf(map: TextMap): Record<string, string> {
  return Object.fromEntries(map.map(({ key, value }) => [key.text, value.text]));
}

function hashOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
