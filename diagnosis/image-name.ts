/** The parts of an image's name. */
export interface ImageName {
  readonly host: string;
  readonly repository: string;
  /** A tag, or a digest `sha256:…`; the digest where there are both. */
  readonly reference: string;
}

/** `[host[:port]/]repository[:tag][@digest]`. https://github.com/distribution/reference */
const REFERENCE = /^([\w.-]+(:\d+)?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** @returns Whether a kubelet takes the name for that of an image: one with `https://` it does not. */
export function isImageName(image: string): boolean {
  return REFERENCE.test(image);
}

/** `host/repository:tag` or `host/repository@sha256:…`. */
export function formatImage({ host, repository, reference }: ImageName): string {
  return `${host}/${repository}${reference.startsWith("sha256:") ? "@" : ":"}${reference}`;
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

/** Other names of Docker Hub's host, and how long ones begin that have no folder there. */
const DOCKER_HUB = "docker.io";
const OF_DOCKER_HUB = new Set([DOCKER_HUB, "index.docker.io", "registry-1.docker.io"]);

/**
 * The one name of a repository on any host, as containerd asks for it: `docker.io/library/nginx` for `nginx`.
 * https://github.com/distribution/reference/blob/main/normalize.go
 */
export function canonicalRepository({ host, repository }: Pick<ImageName, "host" | "repository">): string {
  if (!OF_DOCKER_HUB.has(host)) return `${host}/${repository}`;
  return `${DOCKER_HUB}/${repository.includes("/") ? "" : "library/"}${repository}`;
}
