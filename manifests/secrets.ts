import { isMapping, type Mapping } from "../config/mapping";
import type { Problem } from "../config/problem";
import { hostsIn, PULL_SECRET_KEY, PULL_SECRET_TYPE } from "../diagnosis/pull-secret";
import { mappingAt } from "./checks/check";

/** Values of base64 may be broken into lines, which the provider would take for another value. */
export function withPlainBase64(kind: string, object: Mapping): Mapping {
  const part = { ConfigMap: "binaryData", Secret: "data" }[kind];
  const encoded = part === undefined ? undefined : object[part];
  if (part === undefined || !isMapping(encoded)) return object;
  const entries = Object.entries(encoded).map(([key, value]) => [
    key,
    typeof value === "string" ? value.replace(/[\r\n]/g, "") : value,
  ]);
  const plain = { ...object, [part]: Object.fromEntries(entries) as Mapping };
  return kind === "Secret" ? withoutOverridden(plain) : plain;
}

/** A key of `stringData` takes the place of the same key of `data`. */
function withoutOverridden(secret: Mapping): Mapping {
  const { data, stringData } = secret;
  if (!isMapping(data) || !isMapping(stringData)) return secret;
  return {
    ...secret,
    data: Object.fromEntries(Object.entries(data).filter(([key]) => !Object.hasOwn(stringData, key))),
  };
}

/** Whether a secret has credentials for the environment's registry, and for no other. */
export function ownSecretsIn(kind: string, secret: Mapping, isOwnHost: (host: string) => boolean): boolean {
  if (kind !== "Secret" || secret.type !== PULL_SECRET_TYPE) return false;
  const plain = mappingAt(secret, ["stringData"])[PULL_SECRET_KEY];
  const encoded = mappingAt(secret, ["data"])[PULL_SECRET_KEY];
  const text =
    typeof plain === "string" ? plain : Buffer.from(typeof encoded === "string" ? encoded : "", "base64").toString();
  const hosts = hostsIn(text);
  return hosts.length > 0 && hosts.every(isOwnHost);
}

/** What somebody should know of a secret that lies in clear in a repository. */
export function secretWarnings(kind: string, secret: Mapping): Problem[] {
  if (kind !== "Secret") return [];
  return (["data", "stringData"] as const)
    .filter((part) => Object.keys(mappingAt(secret, [part])).length > 0)
    .map((part) => ({
      path: [part],
      rule: "lies in clear in the repository, and ends in the output and in the state of the cluster's workload stack",
      atKey: true,
    }));
}
