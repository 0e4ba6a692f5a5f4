import type { CauseId } from "./causes";

/** The one type of secret whose `.dockerconfigjson` a kubelet reads. */
export const PULL_SECRET_TYPE = "kubernetes.io/dockerconfigjson";
export const PULL_SECRET_KEY = ".dockerconfigjson";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** What a kubelet finds in a pull secret for a host; else what is wrong, as the rest of a sentence about the secret. */
export type PullSecret =
  | { readonly ok: true; readonly credentials: { readonly username: string; readonly password: string } }
  | { readonly ok: false; readonly cause: CauseId; readonly fault: string };

/**
 * Reads a pull secret as a kubelet does. A key of `auths` may have a scheme and a path; a host in capitals matches nothing.
 *
 * @param config Its `.dockerconfigjson`, decoded once, as text.
 * @see https://github.com/kubernetes/kubernetes/tree/master/pkg/credentialprovider
 */
export function readPullSecret(
  { type = "", config }: { readonly type?: string | undefined; readonly config: string },
  host: string,
): PullSecret {
  const no = (cause: CauseId, fault: string) => ({ ok: false, cause, fault }) as const;
  if (type !== PULL_SECRET_TYPE) {
    return no("secret-of-wrong-type", `has type "${type}", a kubelet reads ${PULL_SECRET_TYPE} only`);
  }
  const malformed = dockerConfigFault(config);
  if (malformed !== undefined) {
    const cause = malformed.includes("twice") ? "secret-encoded-twice" : "secret-unreadable";
    return no(cause, `has a malformed ${PULL_SECRET_KEY}: ${malformed}`);
  }
  const entries = authsIn(config);
  const match = entries.find(([server]) => hostOf(server) === host);
  if (!match) {
    const servers = entries.map(([server]) => server).join(", ") || "no server";
    return no("secret-for-another-host", `holds credentials for ${servers}, the image's host is ${host}`);
  }
  const credentials = decode(match[1]);
  if (credentials) return { ok: true, credentials };
  return no("secret-unreadable", `has a malformed auth for ${host}: it must be base64 of username:password`);
}

/** @returns What is wrong with the text of a `.dockerconfigjson`, or undefined. */
export function dockerConfigFault(text: string): string | undefined {
  if (parseObject(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return parseObject(decoded) ? "it is base64 of JSON: encoded twice" : "it is not a JSON object";
}

/** @returns Hosts that the text of a `.dockerconfigjson` has credentials for; none where it is malformed. */
export function hostsIn(config: string): string[] {
  return authsIn(config).map(([server]) => hostOf(server));
}

function authsIn(config: string): [server: string, entry: unknown][] {
  const auths = parseObject(config)?.auths;
  return Object.entries(isRecord(auths) ? auths : {});
}

/** `auth` wins over `username` and `password`, as in the kubelet. */
function decode(entry: unknown): { username: string; password: string } | undefined {
  if (!isRecord(entry)) return undefined;
  const { auth, username, password } = entry;
  if (typeof auth !== "string" || auth === "") {
    return typeof username === "string" && typeof password === "string" ? { username, password } : undefined;
  }
  // Node decodes whatever it is given; the kubelet does not.
  const text = BASE64.test(auth) ? Buffer.from(auth, "base64").toString("utf8") : "";
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
