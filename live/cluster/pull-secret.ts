import type { CauseId } from "../../diagnosis";
import { jsonOf } from "../http";
import type { Credential } from "../registry/tokens";
import type { Secret } from "./objects";

const TYPE = "kubernetes.io/dockerconfigjson";
const KEY = ".dockerconfigjson";

/** What a kubelet finds in a pull secret for a registry. */
export type PullSecret =
  | { readonly ok: true; readonly credential: Credential }
  | { readonly ok: false; readonly cause: CauseId; readonly found: string };

/**
 * Reads a pull secret as a kubelet does: https://github.com/kubernetes/kubernetes/tree/master/pkg/credentialprovider. A key of
 * `auths` may have a scheme and a path; a host in capitals matches nothing.
 */
export function readPullSecret({ type = "Opaque", data = {} }: Secret, host: string): PullSecret {
  if (type !== TYPE) return no("secret-of-wrong-type", `it is of type ${type}, not ${TYPE}`);
  const text = Buffer.from(data[KEY] ?? "", "base64").toString("utf8");
  const config = jsonOf(text) as
    { auths?: Record<string, { username?: string; password?: string; auth?: string }> } | undefined;
  if (config === undefined && jsonOf(Buffer.from(text, "base64").toString("utf8")) !== undefined) {
    return no("secret-encoded-twice", `${KEY} is base64 of base64`);
  }
  const { auths } = config ?? {};
  if (typeof auths !== "object") return no("secret-unreadable", `${KEY} has no auths`);
  const key = Object.keys(auths).find((candidate) => hostOf(candidate) === host);
  if (key === undefined) {
    return no(
      "secret-for-another-host",
      `auths is for ${Object.keys(auths).join(", ") || "nobody"}, images come from ${host}`,
    );
  }
  const entry = auths[key] ?? {};
  const [username, password] = entry.auth === undefined ? [entry.username, entry.password] : decoded(entry.auth);
  if (!username || !password) return no("secret-unreadable", `auths has no user name and password for ${key}`);
  return { ok: true, credential: { username, password } };
}

function no(cause: CauseId, found: string): PullSecret {
  return { ok: false, cause, found };
}

/** The host in a key of `auths`, which may be a URL. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").split("/")[0] ?? "";
}

function decoded(auth: string): [string, string] {
  const text = Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1).replace(/\0+$/, "")];
}
