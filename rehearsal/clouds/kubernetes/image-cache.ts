import type { ImageContent } from "../registry-object";
import type { Found } from "./pull-secrets";

/** An image on a node. */
export interface CachedImage {
  readonly digest: string;
  readonly content: ImageContent;
}

/** Who pulled an image: nobody in particular, the node itself, or a secret. */
export type Puller = "anonymous" | "node" | Found;

interface Entry {
  readonly image: CachedImage;
  isOpen: boolean;
  readonly secrets: { readonly coordinates: string; readonly login: string }[];
}

/**
 * The images of one node. From version 1.35 on a kubelet gives one to a pod only whose own secrets have pulled it: the same
 * secret, whatever is in it by now, or the same credentials. https://kubernetes.io/docs/concepts/containers/images/
 */
export class ImageCache {
  private readonly entries = new Map<string, Entry>();

  /** @param name As the pod has it: with a tag or a digest. */
  add(name: string, image: CachedImage, puller: Puller): void {
    const known = this.entries.get(name);
    const entry = known?.image.digest === image.digest ? known : { image, isOpen: false, secrets: [] };
    if (puller === "anonymous" || puller === "node") entry.isOpen = true;
    else entry.secrets.push(keysOf(puller));
    this.entries.set(name, entry);
  }

  /** @returns The image, undefined where it is not there, or not for a pod with these secrets. */
  find(name: string, secrets: readonly Found[]): CachedImage | undefined {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    const isTheirs = secrets
      .map(keysOf)
      .some(({ coordinates, login }) =>
        entry.secrets.some((other) => other.coordinates === coordinates || other.login === login),
      );
    return entry.isOpen || isTheirs ? entry.image : undefined;
  }

  clear(): void {
    this.entries.clear();
  }
}

function keysOf({ secret, credentials }: Found): { coordinates: string; login: string } {
  const { uid, namespace = "", name } = secret.metadata;
  return { coordinates: `${uid} ${namespace}/${name}`, login: JSON.stringify(credentials) };
}
