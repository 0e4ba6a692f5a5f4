import type { Secret, Stored } from "./api-object";
import type { Credentials } from "../registry";

/** The one type of secret whose `.dockerconfigjson` a kubelet reads. */
export const PULL_SECRET_TYPE = "kubernetes.io/dockerconfigjson";
export const PULL_SECRET_KEY = ".dockerconfigjson";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** One credential, and the secret that it lies in. */
export interface Found {
  readonly secret: Stored<Secret>;
  readonly credentials: Credentials;
}

/** What a kubelet finds in the secrets that a pod names. */
export interface Keyring {
  readonly found: readonly Found[];
  /** Secrets that are not there. */
  readonly absent: readonly string[];
  /** Why secrets gave nothing, in the order of the pod. */
  readonly notes: readonly string[];
}

/**
 * Collects the credentials for one host, as a kubelet does: from the pod's own namespace, and passing silently over
 * secrets that do not fit. The notes say what it does not say.
 */
export function keyring(
  find: (name: string) => Stored<Secret> | undefined,
  names: readonly string[],
  namespace: string,
  host: string,
): Keyring {
  const found: Found[] = [];
  const absent: string[] = [];
  const notes: string[] = [];
  for (const name of names) {
    const secret = find(name);
    if (!secret) {
      absent.push(name);
      notes.push(`secret "${name}" not found in namespace "${namespace}"`);
      continue;
    }
    const credentials = credentialsIn(secret, host);
    if (typeof credentials === "string") notes.push(credentials);
    else found.push({ secret, credentials });
  }
  return { found, absent, notes };
}

/** @returns What is wrong with the text of a `.dockerconfigjson`, or undefined. */
export function dockerConfigFault(text: string): string | undefined {
  if (parseObject(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return parseObject(decoded) ? "it is base64 of JSON: encoded twice" : "it is not a JSON object";
}

function credentialsIn({ metadata, type, data }: Stored<Secret>, host: string): Credentials | string {
  const subject = `secret "${metadata.name}" in namespace "${metadata.namespace ?? ""}"`;
  if (type !== PULL_SECRET_TYPE) {
    return `${subject} has type "${type ?? ""}", a kubelet reads ${PULL_SECRET_TYPE} only`;
  }
  const text = data?.[PULL_SECRET_KEY] ?? "";
  const fault = dockerConfigFault(text);
  if (fault !== undefined) return `${subject} has a malformed ${PULL_SECRET_KEY}: ${fault}`;

  const auths = parseObject(text)?.auths;
  const entries = Object.entries(isRecord(auths) ? auths : {});
  const match = entries.find(([server]) => hostOf(server) === host);
  if (!match) {
    const servers = entries.map(([server]) => server).join(", ") || "no server";
    return `${subject} holds credentials for ${servers}, the image's host is ${host}`;
  }
  return decode(match[1]) ?? `${subject} has a malformed auth for ${host}: it must be base64 of username:password`;
}

/** `auth` wins over `username` and `password`, as in the kubelet. */
function decode(entry: unknown): Credentials | undefined {
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
