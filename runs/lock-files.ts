import { createHash } from "node:crypto";

/**
 * The file with the versions and checksums of a stack's providers, relative to the project: stacks that require the same providers in
 * the same versions share one.
 */
export function lockFileOf(
  required: Readonly<Record<string, { readonly source: string; readonly version: string }>>,
): string {
  const names = Object.keys(required).sort();
  const text = names.map((name) => `${required[name]?.source ?? ""} ${required[name]?.version ?? ""}`).join();
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `locks/${[...names, hash].join("-")}.hcl`;
}
