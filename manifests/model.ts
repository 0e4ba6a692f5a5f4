import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { valueOf, type Mapping } from "../config/mapping";
import { quoteHint, type Path, type Problem } from "../config/problem";

/** What the library says of one value. */
interface ModelError {
  /** JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Model = new (object: object) => { validate(): void };

const load = createRequire(__filename);
const models = new Map<string, Model | undefined>();

/** Words for the formats of Kubernetes' own API description. */
const FORMATS: Readonly<Record<string, string>> = {
  byte: "must be base64",
  "date-time": "must be a time such as 2026-01-31T12:00:00Z",
  quantity: "must be a Kubernetes quantity such as 100m or 128Mi",
  "int-or-string": "must be a whole number or a text",
};

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "a mapping",
  string: "a text",
};

/**
 * What Kubernetes' own description of its API holds against an object: types, what is required, forms of values. Loaded late, one
 * kind at a time. https://github.com/tommy351/kubernetes-models-ts
 *
 * @returns Paths from the object on; nothing for an object that the library does not know.
 */
export function modelProblems(apiVersion: string, kind: string, object: Mapping): Problem[] {
  const Known = modelOf(apiVersion, kind);
  if (!Known) return [];
  try {
    new Known(object).validate();
    return [];
  } catch (error) {
    const errors = (error as { errors?: readonly ModelError[] }).errors;
    if (!errors) throw error;
    return withoutEchoes(errors).map((one) => problemOf(one, object));
  }
}

function modelOf(apiVersion: string, kind: string): Model | undefined {
  const name = `${apiVersion}/${kind}`;
  if (models.has(name)) return models.get(name);
  const folder = path.dirname(load.resolve("kubernetes-models"));
  const isThere = /^[\w./]+$/.test(name) && existsSync(path.join(folder, `${name}.js`));
  const model = isThere ? (load(`kubernetes-models/${name}`) as Record<string, Model>)[kind] : undefined;
  models.set(name, model);
  return model;
}

/** Where several types are allowed, the library says of each that it is not the one: the last word is enough. */
function withoutEchoes(errors: readonly ModelError[]): ModelError[] {
  const byPlace = new Map<string, ModelError>();
  for (const error of errors) {
    const place =
      error.keyword === "required"
        ? `${error.instancePath}/${String(error.params.missingProperty)}`
        : error.instancePath;
    const known = byPlace.get(place);
    if (!known || error.keyword === "format") byPlace.set(place, error);
  }
  return [...byPlace.values()];
}

function problemOf({ instancePath, keyword, params, message = "" }: ModelError, object: Mapping): Problem {
  const path = pathOf(instancePath, object);
  const isSecret = object.kind === "Secret" && /^(data|stringData)$/.test(String(path[0])) && path.length > 1;
  switch (keyword) {
    case "required":
      return { path: [...path, String(params.missingProperty)], rule: "is required", lacks: true };
    case "type": {
      const type = String(params.type);
      return {
        path,
        rule: `must be ${TYPES[type] ?? type}${quoteHint(type, path.reduce<unknown>(inside, object))}`,
        showValue: !isSecret,
      };
    }
    case "format":
      return { path, rule: FORMATS[String(params.format)] ?? message, showValue: !isSecret };
    case "enum": {
      const values = Array.isArray(params.allowedValues) ? (params.allowedValues as unknown[]).join(", ") : "";
      return { path, rule: `must be one of ${values}`, showValue: !isSecret };
    }
    default:
      return { path, rule: message, showValue: !isSecret };
  }
}

/** A JSON pointer, with indexes as numbers where there is a list. */
function pathOf(pointer: string, object: Mapping): Path {
  let value: unknown = object;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const step = Array.isArray(value) ? Number(key) : key;
      value = inside(value, step);
      return step;
    });
}

function inside(value: unknown, part: Path[number]): unknown {
  return Array.isArray(value) ? (value as unknown[])[Number(part)] : valueOf(value, part);
}
