import type { DocumentPlaces } from "../config/document-places";
import type { Mapping } from "../config/mapping";
import type { Path, Problem } from "../config/problem";

/** An object of the Kubernetes API, as somebody wrote it. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Left out where it is not said. */
  readonly namespace?: string | undefined;
  /** The whole object. */
  readonly value: Mapping;
  readonly places: DocumentPlaces;
  /** Where the object stands in its document: an item of a list, or the document itself. */
  readonly at: Path;
}

/** A line `file:line:column path rule, got: value` for each problem of an object. @param problems With paths from the object on. */
export function describe({ places, at }: ManifestObject, problems: readonly Problem[]): string[] {
  return places.describe(problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] })));
}

/** As people name an object: `Deployment shop/web`. */
export function titleOf({ kind, name, namespace }: Pick<ManifestObject, "kind" | "name" | "namespace">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
