import { APPLY_BEFORE, EXPIRES } from "../../config/secret-annotations";
import type { Secret } from "./objects";

/** What the secret's annotations say of its password. Secrets of others have none. */
export interface SecretDeadline {
  readonly expires: Date;
  readonly applyBefore: Date;
}

export function deadlineOf({ metadata: { annotations = {} } }: Secret): SecretDeadline | undefined {
  const [expires, applyBefore] = [EXPIRES, APPLY_BEFORE].map((key) => new Date(annotations[key] ?? ""));
  if (!expires || !applyBefore || Number.isNaN(expires.getTime()) || Number.isNaN(applyBefore.getTime()))
    return undefined;
  return { expires, applyBefore };
}

/** RFC 3339 as annotations have it: to the second. */
export function iso(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
