import { mappingAt, type Check } from "./check";

const WITH_SELECTOR = /^(Deployment|ReplicaSet|StatefulSet|DaemonSet|ReplicationController)$/;

/** The pods of a template must be those that the selector selects. */
export const selectorCheck: Check = ({ kind, value }) => {
  if (!WITH_SELECTOR.test(kind)) return [];
  const isPlain = kind === "ReplicationController";
  const path = ["spec", "selector", ...(isPlain ? [] : ["matchLabels"])];
  const wanted = mappingAt(value, path);
  const labels = mappingAt(value, ["spec", "template", "metadata", "labels"]);
  const expressions = mappingAt(value, ["spec", "selector"]).matchExpressions;
  if (Object.keys(wanted).length === 0 && (isPlain || !Array.isArray(expressions))) {
    // Of a ReplicationController the API server takes the template's labels.
    return isPlain ? [] : [{ path: ["spec", "selector"], rule: "must select the pods of the template" }];
  }
  return Object.keys(wanted)
    .filter((key) => labels[key] !== wanted[key])
    .map((key) => ({ path: [...path, key], rule: "must be a label of the template, with the same value" }));
};
