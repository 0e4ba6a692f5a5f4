import { isMapping, valueOf, type Mapping } from "../config/mapping";
import type { Path, Problem } from "../config/problem";
import type { ManifestObject } from "./manifest-object";
import type { ManifestDocument } from "./yaml-documents";

/** The objects of a document, and lines for what is none. */
export interface DocumentObjects {
  readonly objects: readonly ManifestObject[];
  readonly lines: readonly string[];
}

/** Documents of tools whose output are manifests. */
const TO_RENDER: readonly (readonly [apiVersion: RegExp, remedy: string])[] = [
  [/^kustomize\.config\.k8s\.io\//, "is the input of kustomize: render it first, with kustomize build"],
];

/** The objects of a document: itself, or the items of a list, as `kubectl get -o yaml` writes them. */
export function objectsIn({ data, places }: ManifestDocument): DocumentObjects {
  const objects: ManifestObject[] = [];
  const problems: Problem[] = [];
  const visit = (value: unknown, at: Path): void => {
    if (!isMapping(value)) {
      problems.push({ path: at, rule: "must be an object of the Kubernetes API: a mapping with apiVersion and kind" });
      return;
    }
    const { apiVersion, kind, items } = value;
    if (typeof apiVersion !== "string" || typeof kind !== "string" || apiVersion === "" || kind === "") {
      const lacks = typeof apiVersion === "string" && apiVersion !== "" ? "kind" : "apiVersion";
      const rule = value[lacks] === undefined ? "is required in a manifest" : "must be a text that is not empty";
      problems.push({ path: [...at, lacks], rule });
      return;
    }
    const stranger = TO_RENDER.find(([pattern]) => pattern.test(apiVersion));
    if (stranger) problems.push({ path: [...at, "apiVersion"], rule: stranger[1] });
    else if (kind.endsWith("List") && Array.isArray(items)) {
      for (const [index, item] of items.entries()) visit(item, [...at, "items", index]);
    } else addObject(value, apiVersion, kind, at);
  };
  const addObject = (value: Mapping, apiVersion: string, kind: string, at: Path): void => {
    const { metadata } = value;
    const [name, namespace] = [valueOf(metadata, "name"), valueOf(metadata, "namespace")];
    if (typeof name !== "string" || name === "") {
      const rule =
        valueOf(metadata, "generateName") === undefined
          ? "is required"
          : "is required: generateName would make another object at each apply";
      problems.push({ path: [...at, "metadata", "name"], rule });
    } else if (typeof namespace !== "string" && namespace !== undefined && namespace !== null) {
      problems.push({ path: [...at, "metadata", "namespace"], rule: "must be a text" });
    } else {
      const place = typeof namespace === "string" && namespace !== "" ? { namespace } : {};
      objects.push({ apiVersion, kind, name, ...place, value, places, at });
    }
  };
  visit(data, []);
  return { objects, lines: places.describe(problems) };
}
