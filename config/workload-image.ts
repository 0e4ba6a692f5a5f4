import { isImageName, parseImage } from "../diagnosis/image-name";
import { cachedRepository, type CacheMapping } from "./cached-images";
import type { Image, Origin } from "./environment";
import { isRepository } from "./schema/images";

/** What a workload's `image` means. */
export type WorkloadImage =
  /** Key of an image of the file. */
  | { readonly kind: "key"; readonly key: string }
  /** An image of elsewhere, by its own name, that the registry caches. */
  | { readonly kind: "cached"; readonly image: Image }
  /** Nothing that is known. @see why */
  | { readonly kind: "unknown"; readonly why: "no-key" | "no-rule" | "no-version" };

interface Known {
  /** The images of the file. */
  readonly images: Readonly<Record<string, unknown>>;
  /** Those of them that are whole. */
  readonly closed: Readonly<Record<string, Image>>;
  readonly rules: readonly CacheMapping[];
}

/**
 * Reads a workload's `image`: a key of images or, with a tag or a digest, the name of an image that a cache rule covers. Where the file
 * has an image with its repository and its version, it is that one.
 */
export function workloadImage(text: string, { images, closed, rules }: Known): WorkloadImage {
  if (Object.hasOwn(images, text)) return { kind: "key", key: text };
  if (!isImageName(text)) return { kind: "unknown", why: "no-key" };
  const { repository: own, host } = parseImage(text);
  const repository = cachedRepository(rules, { host, repository: own });
  const origin = originOf(text);
  if (repository === undefined || !isRepository(repository))
    return { kind: "unknown", why: /[/:@]/.test(text) ? "no-rule" : "no-key" };
  if (!origin) return { kind: "unknown", why: "no-version" };
  const twin = Object.entries(closed).find(
    ([, image]) => image.repository === repository && isSame(image.origin, origin),
  );
  return twin ? { kind: "key", key: twin[0] } : { kind: "cached", image: { repository, origin, byName: true } };
}

/** @returns Undefined for `latest`, said or not: nobody knows what that will be. */
function originOf(text: string): Origin | undefined {
  const [name = "", digest] = text.split("@");
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  if (digest !== undefined) return { kind: "prebuilt", digest, ...(tag !== undefined && { tag }) };
  return tag === undefined || tag === "latest" ? undefined : { kind: "tagged", tag, pin: false };
}

function isSame(one: Origin, other: Origin): boolean {
  return other.kind === "prebuilt"
    ? one.kind === "prebuilt" && one.digest === other.digest
    : one.kind === other.kind && one.tag === other.tag;
}
