import { PULL_SECRET_KEY, readPullSecret } from "../../diagnosis/pull-secret";
import type { Secret } from "../cluster/objects";
import { iso } from "../cluster/secret-deadline";
import { tokenOutcome } from "../federation/renewal";
import { endOf } from "../token-claims";
import { lastWritten, missing, type HeldSecret } from "./held-secrets";
import type { ClusterStatus } from "./status";

/** Of a cluster whose secrets a controller renews: nobody has to apply, and what counts is whether it does. @param host Of the registry. */
export function federatedStatus(
  secrets: readonly HeldSecret[],
  host: string,
  now: Date,
  unread: readonly string[],
): Pick<ClusterStatus, "expires" | "applied" | "drift" | "unknown" | "due"> {
  const tokens = secrets.flatMap(({ namespace, secret }) => {
    const token = secret && tokenIn(secret, host);
    return token === undefined ? [] : [{ namespace, token, end: endOf(token) }];
  });
  const [expires] = tokens.flatMap(({ end }) => (end ? iso(end) : [])).toSorted();
  const applied = lastWritten(secrets);
  const drift = [
    ...secrets.flatMap(({ namespace, name, secret }) => (secret ? [] : missing(namespace, name))),
    ...secrets.flatMap(({ namespace, renewal }) =>
      renewal?.state === "failed" ? [`${namespace} is not renewed: ${renewal.found}`] : [],
    ),
    ...tokens.flatMap(({ namespace, token }) => {
      const { state, found } = tokenOutcome(token, now);
      return state === "ok" ? [] : [`${namespace}: ${found}`];
    }),
  ];
  const unknown = secrets.flatMap(({ renewal }) => (renewal?.state === "not checked" ? [renewal.found] : []));
  return {
    ...(expires !== undefined && { expires }),
    ...(applied !== undefined && { applied }),
    drift,
    unknown: [...unread, ...unknown],
    due: drift.length > 0,
  };
}

function tokenIn({ type, data }: Secret, host: string): string | undefined {
  const config = Buffer.from(data?.[PULL_SECRET_KEY] ?? "", "base64").toString("utf8");
  const read = readPullSecret({ type, config }, host);
  return read.ok ? read.credentials.password : undefined;
}
