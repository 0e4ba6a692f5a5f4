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

async function ask(method: string, url: string, credentials: Credentials | undefined): Promise<Answer> {
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
  const second = await fetch(url, { method, headers: { authorization: `Bearer ${token}`, accept: MANIFEST_TYPES } });
  const digest = second.headers.get("docker-content-digest");
  return { ...statuses, registry: second.status, ...(digest !== null && { digest }) };
}
