import { isMapping, type Mapping } from "../config/mapping";
import type { Path, Problem } from "../config/problem";
import type { Argument, Arguments } from "./arguments";
import { ImageLeaf, PullSecretLeaf } from "./leaves";
import { isServerFilled, LAST_APPLIED } from "./server-filled";

/**
 * An object as the one argument of `kubernetes_manifest`, which has no schema: as it is, but for what is the API server's.
 * @param namespace Of the object; undefined where it has none.
 */
export function convertAny(
  object: Mapping,
  namespace: string | undefined,
): { arguments: Arguments; problems: readonly Problem[] } {
  const manifest = anyOf(object, [], namespace);
  return { arguments: { manifest }, problems: [] };
}

function anyOf(value: unknown, path: Path, namespace: string | undefined): Argument {
  if (value === null) return null;
  if (value instanceof ImageLeaf) return { image: value.image };
  if (Array.isArray(value)) {
    return {
      list: (value as unknown[]).map((item, index): Argument =>
        item instanceof PullSecretLeaf ? { pullSecret: true } : anyOf(item, [...path, index], namespace),
      ),
    };
  }
  if (isMapping(value)) {
    const entries = Object.entries(value).filter(
      ([key, own]) => own !== null && key !== LAST_APPLIED && !isServerFilled([...path, key]),
    );
    const fields = entries.map(([key, own]): [{ text: string }, Argument] => [
      { text: key },
      anyOf(own, [...path, key], namespace),
    ]);
    if (path.length !== 1 || path[0] !== "metadata" || namespace === undefined) return { any: fields };
    return { any: [...fields.filter(([{ text }]) => text !== "namespace"), [{ text: "namespace" }, { namespace }]] };
  }
  return typeof value === "number" || typeof value === "boolean" ? value : { text: value as string };
}
