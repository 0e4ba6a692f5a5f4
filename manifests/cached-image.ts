import { MOVING_TAG } from "../config/cached-images";
import type { ManifestImage } from "./arguments";
import type { ImageReference } from "./image-reference";

/** An image of the file. */
export interface KnownImage {
  readonly repository: string;
  readonly tag?: string | undefined;
  /** Its digest, where the file says it. @default - nobody knows before it is built or read */
  readonly prebuilt?: string | undefined;
}

/**
 * An image of elsewhere that the registry caches: one of the file in that very version, else what the manifest says.
 * @param repository Where it is cached.
 */
export function cachedImage(
  images: Readonly<Record<string, KnownImage>>,
  repository: string,
  { rest, tag, digest }: ImageReference,
): { readonly image: ManifestImage; readonly warning?: string } {
  const isVersion = (known: KnownImage) =>
    digest === undefined ? known.prebuilt === undefined && known.tag === tag : known.prebuilt === digest;
  const same = Object.entries(images).find(([, known]) => known.repository === repository && isVersion(known));
  if (same) return { image: { kind: "known", key: same[0] } };
  const image = { kind: "other", repository, rest } as const;
  if (digest !== undefined) return { image };
  return { image, warning: MOVING_TAG.replace("{repository}", () => repository) };
}
