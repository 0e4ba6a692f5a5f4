import { PULL_SECRET_KEY, readPullSecret } from "../../../diagnosis/pull-secret";
import type { Secret, Stored } from "./api-object";
import type { Credentials } from "../registry";

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

function credentialsIn({ metadata, type, data }: Stored<Secret>, host: string): Credentials | string {
  const read = readPullSecret({ type, config: data?.[PULL_SECRET_KEY] ?? "" }, host);
  return read.ok
    ? read.credentials
    : `secret "${metadata.name}" in namespace "${metadata.namespace ?? ""}" ${read.fault}`;
}
