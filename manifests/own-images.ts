import type { Mapping } from "../config/mapping";
import { suggestion, type Path, type Problem } from "../config/problem";
import type { ManifestImage } from "./arguments";
import { cachedImage, type KnownImage } from "./cached-image";
import { parseImageReference, type ImageReference } from "./image-reference";
import { ImageLeaf, PullSecretLeaf } from "./leaves";
import { containersOf, withContainers, withPodSpec, type PodSpec } from "./pods";

/** What is known of the environment's images. */
export interface OwnImages {
  /** Whether a host is the environment's registry, today or formerly. */
  readonly isOwnHost: (host: string) => boolean;
  /** The repository that the registry caches an image of elsewhere in. @default - it caches nothing */
  readonly cachedAt?: (name: Pick<ImageReference, "host" | "repository">) => string | undefined;
  /** Whether pods may have images that are none of the registry. @default true */
  readonly allowOtherImages?: boolean;
  /** The images of the file. */
  readonly images: Readonly<Record<string, KnownImage>>;
  /** Keys of images by names in the manifests. */
  readonly names: Readonly<Record<string, string>>;
  /** Names of secrets with credentials for the registry and for no other. */
  readonly ownSecrets: ReadonlySet<string>;
}

/** What became of the images of one object. */
export interface WithOwnImages {
  /** With leaves in place of images of the registry, and of the pull secret. */
  readonly object: Mapping;
  readonly used: readonly ManifestImage[];
  /** Names of images from elsewhere. */
  readonly others: readonly string[];
  /** Names in the manifests that were found. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Puts references to the environment's images in place of their names, also of those that the registry caches, and the pull secret into
 * every pod that has one of them. What is pulled from elsewhere stays as it is, and so do the other pull secrets.
 */
export function withOwnImages(kind: string, object: Mapping, own: OwnImages): WithOwnImages {
  const used: ManifestImage[] = [];
  const others: string[] = [];
  const names: string[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const find = (text: unknown, at: Path): ManifestImage | undefined => {
    const path = [...at, "image"];
    if (typeof text !== "string") return undefined;
    const reference = parseImageReference(text);
    const name = nameIn(own.names, text, reference);
    if (name !== undefined) {
      names.push(name);
      return { kind: "known", key: own.names[name] ?? "" };
    }
    if (!reference) {
      problems.push({ path, rule: "must be the name of an image" });
      return undefined;
    }
    if (!own.isOwnHost(reference.host)) {
      const cached = own.cachedAt?.(reference);
      if (cached !== undefined) {
        const { image, warning } = cachedImage(own.images, cached, reference);
        if (warning !== undefined) warnings.push({ path, rule: warning });
        return image;
      }
      if (own.allowOtherImages === false) {
        const rule = "must be an image of the registry, or one that a rule of registry.cacheRules covers";
        problems.push({ path, rule: `${rule}: allowOtherImages is false` });
        return undefined;
      }
      others.push(text);
      return undefined;
    }
    const { repository, rest } = reference;
    const candidates = Object.entries(own.images).filter(([, image]) => image.repository === repository);
    const same = candidates.filter(([, { tag }]) => tag === reference.tag);
    const [chosen, ...more] = same.length > 0 ? same : candidates;
    if (chosen && more.length === 0) {
      const [key, { tag }] = chosen;
      if (reference.tag !== undefined && tag !== undefined && tag !== reference.tag) {
        warnings.push({ path, rule: `runs as images.${key} says, with the tag ${tag}` });
      }
      return { kind: "known", key };
    }
    if (chosen) {
      const keys = candidates.map(([key]) => `images.${key}`).join(", ");
      problems.push({
        path,
        rule: `must be one of ${keys}, which share its repository: name it in the images of the entry`,
      });
      return undefined;
    }
    const near = suggestion(
      repository,
      Object.values(own.images).map((image) => image.repository),
    );
    if (reference.digest === undefined || near !== "") {
      const how = reference.digest === undefined ? "by its tag" : "by its digest";
      warnings.push({ path, rule: `runs ${how}, since its repository is that of no image in the file${near}` });
    }
    return { kind: "other", repository, rest };
  };
  const change = (pod: PodSpec): Mapping => {
    const images = new Map(containersOf(pod).map(({ container, at }) => [container, find(container.image, at)]));
    const found = [...images.values()].filter((image) => image !== undefined);
    if (found.length === 0) return pod.spec;
    used.push(...found);
    const spec = withContainers(pod.spec, (container) => {
      const image = images.get(container);
      return image ? { ...container, image: new ImageLeaf(image) } : container;
    });
    const secrets: readonly unknown[] = Array.isArray(spec.imagePullSecrets)
      ? (spec.imagePullSecrets as unknown[])
      : [];
    const kept = secrets.filter((secret) => !own.ownSecrets.has(String((secret as Mapping | null)?.name)));
    return { ...spec, imagePullSecrets: [new PullSecretLeaf(), ...kept] };
  };
  return { object: withPodSpec(kind, object, change), used, others, names, problems, warnings };
}

/** The name that a person gave to an image: with its tag, or without. */
function nameIn(
  names: Readonly<Record<string, string>>,
  text: string,
  reference: ImageReference | undefined,
): string | undefined {
  return [text, ...(reference ? [reference.name] : [])].find((name) => Object.hasOwn(names, name));
}
