import { LineCounter, parseAllDocuments, type Document, type Tags } from "yaml";
import { DocumentPlaces } from "../config/document-places";
import { checked, PARSING } from "../config/yaml";

/** One document of a file, read. */
export interface ManifestDocument {
  readonly places: DocumentPlaces;
  readonly data: unknown;
}

/** The documents of a file, or why it has none. */
export interface ManifestDocuments {
  /** Those that hold something. */
  readonly documents: readonly ManifestDocument[];
  /** Lines `file:line:column …`. */
  readonly syntaxErrors: readonly string[];
}

/** What YAML 1.1 reads otherwise than kubectl: `1:30` is a text there, a date too, and the others need a tag. */
const OTHERWISE: ReadonlySet<unknown> = new Set(["TIME", "tag:yaml.org,2002:timestamp"]);

/** A template of Helm that is not rendered. */
const TEMPLATE = /\{\{-?[^}]*\}\}/;

/**
 * Reads the documents of a file as kubectl does: YAML 1.1 where it has that (`0644` is octal, `yes` is true, `<<` merges), and
 * JSON, which is YAML. https://github.com/kubernetes-sigs/yaml
 *
 * @param path Of the file, as it shall stand in messages.
 */
export function readDocuments(path: string, content: Uint8Array): ManifestDocuments {
  const text = new TextDecoder().decode(content);
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    ...PARSING,
    lineCounter: lines,
    version: "1.1",
    customTags: (tags): Tags =>
      tags.filter((tag) => typeof tag === "string" || !(OTHERWISE.has(tag.format) || OTHERWISE.has(tag.tag))),
  });
  const all: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const documents: ManifestDocument[] = [];
  const syntaxErrors: string[] = [];
  for (const document of all) {
    const { data, faults } = checked(document, lines);
    const places = new DocumentPlaces(path, document, lines, data);
    for (const { offset, message } of faults)
      syntaxErrors.push(`${places.place(offset)} is not valid YAML: ${message}`);
    if (data !== undefined && data !== null) documents.push({ places, data });
  }
  const isBroken = syntaxErrors.length > 0;
  const [first] = syntaxErrors;
  if (isBroken && first !== undefined && TEMPLATE.test(text)) {
    return { documents: [], syntaxErrors: [`${first}; it is a template: render it first, with helm template`] };
  }
  if (!isUtf8(content))
    return { documents: [], syntaxErrors: [`${path}:1:1 is not valid YAML: the file must be UTF-8`] };
  return { documents: isBroken ? [] : documents, syntaxErrors };
}

function isUtf8(content: Uint8Array): boolean {
  try {
    new TextDecoder("utf8", { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}
