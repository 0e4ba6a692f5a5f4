/** The parts of an image's name. */
export interface ImageName {
  readonly host: string;
  readonly repository: string;
  /** A tag, or a digest `sha256:…`; the digest where there are both. */
  readonly reference: string;
}

/** Reads `host/repository:tag` and `host/repository[:tag]@sha256:…`. A name without a host is one of Docker Hub. */
export function parseImage(image: string): ImageName {
  const [name = "", digest] = image.split("@");
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const rest = hasHost ? name.slice(slash + 1) : name;
  const colon = rest.lastIndexOf(":");
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? "latest" : rest.slice(colon + 1);
  return { host: hasHost ? first : "docker.io", repository, reference: digest ?? tag };
}
