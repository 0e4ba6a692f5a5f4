import type { Problem } from "../../config/problem";
import {
  ANNOTATION_KEY,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  LABEL_KEY,
  LABEL_VALUE,
  SERVICE_NAME,
  type Format,
} from "../../config/rules/formats";
import { mappingAt, type Check, type CheckedObject } from "./check";

const NAMES: Readonly<Record<string, Format>> = { Namespace: DNS_LABEL, Service: SERVICE_NAME };
/** Their names may hold nearly anything. */
const FREE = /^(Cluster)?Role(Binding)?$/;

/** Names, labels and annotations of an object and of its template. */
export const metadataCheck: Check = (object) => [
  ...nameProblems(object),
  ...[["metadata"], ["spec", "template", "metadata"], ["spec", "jobTemplate", "spec", "template", "metadata"]].flatMap(
    (path) => [...labelProblems(object, path), ...annotationProblems(object, path)],
  ),
];

function nameProblems({ kind, value }: CheckedObject): Problem[] {
  const { name, namespace } = mappingAt(value, ["metadata"]);
  const rule = nameRule(kind, String(name));
  return [
    ...(rule === undefined ? [] : [{ path: ["metadata", "name"], rule }]),
    ...(typeof namespace !== "string" || DNS_LABEL.pattern.test(namespace)
      ? []
      : [{ path: ["metadata", "namespace"], rule: DNS_LABEL.message }]),
  ];
}

function nameRule(kind: string, name: string): string | undefined {
  if (FREE.test(kind))
    return /^\.{1,2}$|[/%]/.test(name) ? "must be no '.' or '..', and without '/' and '%'" : undefined;
  const { pattern, message } = NAMES[kind] ?? DNS_SUBDOMAIN;
  return pattern.test(name) ? undefined : message;
}

function labelProblems({ value }: CheckedObject, at: readonly string[]): Problem[] {
  const path = [...at, "labels"];
  return Object.entries(mappingAt(value, path)).flatMap(([key, text]): Problem[] => [
    ...(LABEL_KEY.pattern.test(key) ? [] : [{ path: [...path, key], rule: LABEL_KEY.message, atKey: true }]),
    ...(typeof text !== "string" || LABEL_VALUE.pattern.test(text)
      ? []
      : [{ path: [...path, key], rule: LABEL_VALUE.message }]),
  ]);
}

function annotationProblems({ value }: CheckedObject, at: readonly string[]): Problem[] {
  const path = [...at, "annotations"];
  return Object.keys(mappingAt(value, path)).flatMap((key) =>
    ANNOTATION_KEY.pattern.test(key) ? [] : [{ path: [...path, key], rule: ANNOTATION_KEY.message, atKey: true }],
  );
}
