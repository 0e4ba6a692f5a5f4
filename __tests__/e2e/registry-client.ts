import type { Credentials } from "../../rehearsal";

/** Status codes on the way to a manifest or an upload, as a kubelet or an engine would see them. */
export interface Answer {
  /** Of the registry, to somebody without a token. */
  readonly challenge: number;
  /** Of the token service. */
  readonly token: number;
  /** Of the registry, to the token. @default - there is no token */
  readonly registry?: number;
  /** Docker-Content-Digest. */
  readonly digest?: string;
}

const MANIFEST_TYPES = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
].join(", ");
const INDEX_TYPE = "application/vnd.docker.distribution.manifest.list.v2+json";

/** Asks for a manifest. @param reference A tag or a digest. */
export function askForManifest(
  host: string,
  repository: string,
  reference: string,
  credentials?: Credentials,
): Promise<Answer> {
  return ask("GET", `http://${host}/v2/${repository}/manifests/${reference}`, credentials);
}

/** Asks to begin the upload of a layer, as every push does. */
export function askToPush(host: string, repository: string, credentials?: Credentials): Promise<Answer> {
  return ask("POST", `http://${host}/v2/${repository}/blobs/uploads/`, credentials);
}

/** Puts an index of one manifest, which is there already. @param tag Of the index. */
export async function putIndex(
  host: string,
  repository: string,
  tag: string,
  manifest: { readonly digest: string; readonly architecture: string },
  credentials: Credentials,
): Promise<Answer> {
  const { digest, architecture } = manifest;
  const [mediaType] = MANIFEST_TYPES.split(", ");
  const index = {
    ...{ schemaVersion: 2, mediaType: INDEX_TYPE },
    // Registries do not look at the size.
    manifests: [{ mediaType, digest, size: 1, platform: { os: "linux", architecture } }],
  };
  return ask("PUT", `http://${host}/v2/${repository}/manifests/${tag}`, credentials, JSON.stringify(index));
}

async function ask(method: string, url: string, credentials: Credentials | undefined, index?: string): Promise<Answer> {
  const first = await fetch(url, { method });
  const challenge = first.headers.get("www-authenticate") ?? "";
  const { realm = "", ...parameters } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const login = credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64");
  const answer = await fetch(`${realm}?${new URLSearchParams(parameters).toString()}`, {
    headers: login === undefined ? {} : { authorization: `Basic ${login}` },
  });
  const statuses = { challenge: first.status, token: answer.status };
  if (!answer.ok) return statuses;

  const { access_token: token } = (await answer.json()) as { access_token: string };
  const second = await fetch(url, {
    method,
    headers: {
      ...{ authorization: `Bearer ${token}`, accept: MANIFEST_TYPES },
      ...(index !== undefined && { "content-type": INDEX_TYPE }),
    },
    ...(index !== undefined && { body: index }),
  });
  const digest = second.headers.get("docker-content-digest");
  return { ...statuses, registry: second.status, ...(digest !== null && { digest }) };
}
