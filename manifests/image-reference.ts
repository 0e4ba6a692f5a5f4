/** The name of an image, as it stands in a pod. */
export interface ImageReference {
  /** @default - Docker Hub's */
  readonly host?: string | undefined;
  readonly repository: string;
  /** `:tag`, `@sha256:…`, both or nothing. */
  readonly rest: string;
  /** @default - latest, or the digest's */
  readonly tag?: string | undefined;
}

const COMPONENT = /[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*/.source;
const REFERENCE = new RegExp(
  `^(?:([A-Za-z0-9.-]+(?::\\d+)?|\\[[0-9a-fA-F:]+\\](?::\\d+)?)/)?(${COMPONENT}(?:/${COMPONENT})*)(:(\\w[\\w.-]{0,127}))?(@[a-z0-9]+:[0-9a-fA-F]{32,})?$`,
);

/**
 * Takes the name of an image apart. https://github.com/distribution/reference/blob/main/reference.go
 *
 * @returns Undefined where it is none: a kubelet says InvalidImageName.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const [, first, path = "", tagged = "", tag, digest = ""] = REFERENCE.exec(text) ?? [];
  if (path === "") return undefined;
  // What is no host belongs to the repository on Docker Hub.
  const isHost = first !== undefined && (/[.:[]/.test(first) || first === "localhost");
  if (first !== undefined && !isHost && first !== first.toLowerCase()) return undefined;
  const repository = isHost || first === undefined ? path : `${first}/${path}`;
  return { ...(isHost && { host: first }), repository, rest: `${tagged}${digest}`, tag };
}

/** The name without tag and digest. */
export function nameOf({ host, repository }: ImageReference): string {
  return host === undefined ? repository : `${host}/${repository}`;
}
