import fs from "node:fs";
import path from "node:path";
import { isWithin } from "./folder";
import { isMapping, valueOf } from "./mapping";
import { merge } from "./merge";
import type { Path, Problem } from "./problem";
import { SourceFile } from "./source";

/** Key of the file that a file extends. */
const EXTENDS = "extends";

/** An environment file and the files that it extends: their data as one, and where in which file each value stands. */
export class Layers {
  /** Data of all of them, merged, without `extends`; undefined where one cannot be read. */
  readonly data: unknown;
  /** Lines `file:line:column …` for what cannot be read. */
  readonly syntaxErrors: readonly string[];
  /** Paths of the files that it extends, relative to the project. */
  readonly bases: readonly string[];

  /** @param files The file itself, then what it extends, and so on. */
  private constructor(
    private readonly files: readonly SourceFile[],
    errors: readonly string[],
  ) {
    const [, ...bases] = files;
    this.bases = bases.map((base) => base.path);
    this.syntaxErrors = [...files.flatMap(({ syntaxErrors }) => syntaxErrors), ...errors];
    this.data = this.syntaxErrors.length > 0 ? undefined : mergedData(files);
  }

  /** Reads a file and those that it extends. @param file Relative to the project, with forward slashes, as it shall stand in messages. */
  static read(file: string, projectDirectory: string): Layers {
    const files = [readSource(file, projectDirectory)];
    for (const source of files) {
      const named = valueOf(source.data, EXTENDS);
      if (named === undefined) break;
      const base = baseOf(source, named, projectDirectory, files);
      if ("rule" in base) return new Layers(files, source.describe([{ path: [EXTENDS], rule: base.rule }]));
      // The loop goes on with it.
      files.push(readSource(base.file, projectDirectory));
    }
    return new Layers(files, []);
  }

  /** Of the file itself. */
  get path(): string {
    return this.files[0]?.path ?? "";
  }

  /** A line for each problem, at the place of what it is about: in the file itself first, then in those that it extends. */
  describe(problems: readonly Problem[]): string[] {
    const owners = problems.map((problem) => ({ problem, owner: this.ownerOf(problem.path) }));
    return this.files.flatMap((file) =>
      file.describe(owners.filter(({ owner }) => owner === file).map(({ problem }) => problem)),
    );
  }

  /** The file in which a value stands; of what is missing, the file in which it would. */
  private ownerOf(place: Path): SourceFile | undefined {
    let layers = this.files.map((file) => ({ file, value: file.data }));
    let owner = this.files[0];
    for (const part of place) {
      const found = layers
        .filter(({ value }) => has(value, part))
        .map(({ file, value }) => ({ file, value: at(value, part) }));
      if (found.length === 0) return owner;
      // What is no mapping hides what is below it.
      const last = found.findIndex(({ value }) => !isMapping(value));
      layers = last < 0 ? found : found.slice(0, last + 1);
      owner = layers[0]?.file;
    }
    return owner;
  }
}

function readSource(file: string, projectDirectory: string): SourceFile {
  return new SourceFile(file, fs.readFileSync(path.resolve(projectDirectory, file)));
}

function mergedData(files: readonly SourceFile[]): unknown {
  const [own, ...bases] = files.map(({ data }) => data);
  // What is no mapping has its problem as it is.
  if (!isMapping(own)) return own;
  const merged = [own, ...bases].reduceRight((below, over) => {
    return isMapping(below) && isMapping(over) ? merge(below, over) : over;
  });
  if (!isMapping(merged)) return merged;
  return Object.fromEntries(Object.entries(merged).filter(([key]) => key !== EXTENDS));
}

/** @returns The file that another one names, relative to the project, or what is wrong with the name. */
function baseOf(
  source: SourceFile,
  named: unknown,
  projectDirectory: string,
  files: readonly SourceFile[],
): { readonly file: string } | { readonly rule: string } {
  if (typeof named !== "string" || named === "") return { rule: "must be the path of a file, relative to this one" };
  if (path.isAbsolute(named)) return { rule: "must be relative to this file" };
  const file = path.posix.normalize(path.posix.join(path.posix.dirname(source.path), named));
  const place = path.resolve(projectDirectory, file);
  if (!named.endsWith(".yaml")) return { rule: "must be a file whose name ends in .yaml" };
  if (!isWithin(place, path.resolve(projectDirectory))) return { rule: OUTSIDE };
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isFile())
    return { rule: `must be a file, and there is no ${file}` };
  if (!isWithin(fs.realpathSync(place), fs.realpathSync(projectDirectory))) return { rule: OUTSIDE };
  const paths = files.map((one) => one.path);
  if (paths.includes(file)) return { rule: `must not lead back to ${file}: ${[...paths, file].join(" extends ")}` };
  return { file };
}

const OUTSIDE = "must be a file below the folder of cdktf.json";

function has(value: unknown, part: string | number): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, part);
}

function at(value: unknown, part: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[part];
}
