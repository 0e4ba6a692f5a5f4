import { isImageName, parseImage } from "../diagnosis/image-name";

/** The name of an image in a pod, taken apart. */
export interface ImageReference {
  readonly host: string;
  readonly repository: string;
  /** Without tag and digest, as it is written. */
  readonly name: string;
  /** What follows that: `:tag`, `@sha256:…`, both or nothing. */
  readonly rest: string;
  /** @default - latest, or the digest's */
  readonly tag?: string | undefined;
  /** `sha256:…` @default - what is behind the tag */
  readonly digest?: string | undefined;
}

/** @returns Undefined for what a kubelet takes for no name of an image. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (!isImageName(text)) return undefined;
  const { host, repository } = parseImage(text);
  // Docker Hub's host may be left out.
  const start = text.startsWith(`${host}/`) ? host.length + 1 : 0;
  const name = text.slice(0, start + repository.length);
  const rest = text.slice(name.length);
  const [, tag, digest] = /^(?::([^@]+))?(?:@(.+))?$/.exec(rest) ?? [];
  return { host, repository, name, rest, tag, digest };
}
