import fs from "node:fs";
import path from "node:path";
import { TerraformStack } from "cdktf";
import type { Settings } from "../../config";
import { temporaryFolder } from "../support/synthesized";

const DOCKERFILE = "FROM scratch\nUSER 65532\n";
/** Before any process of ours began: an edit that is younger is not trusted. */
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** A project of its own whose code, packages and build contexts a test can edit. */
export class SealedProject {
  readonly directory = temporaryFolder();
  private readonly environment = path.join(this.directory, "environments/test.yaml");

  constructor() {
    this.write("package.json", JSON.stringify({ dependencies: { bindings: "*" } }));
    this.code = "1";
    this.version = "1.0.0";
    this.edit("one/Dockerfile", DOCKERFILE);
    this.edit("two/Dockerfile", DOCKERFILE);
  }

  set code(text: string) {
    this.write("stacks/code.ts", text);
  }

  /** Of the package that the project depends on. */
  set version(version: string) {
    this.write("node_modules/bindings/package.json", JSON.stringify({ version }));
  }

  /** Data of the only environment, `test`. */
  set file(data: unknown) {
    this.edit(path.relative(this.directory, this.environment), JSON.stringify(data, null, 2));
  }

  edit(file: string, content: string): void {
    const place = path.join(this.directory, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, content);
  }

  settings(outputDirectory: string, others: Partial<Settings> = {}): Settings {
    return { projectDirectory: this.directory, outputDirectory, tokenTraces: false, ...others };
  }

  /** What stacks have in them of the code that builds them. */
  stamp(): string {
    const read = (file: string) => fs.readFileSync(path.join(this.directory, file), "utf8");
    return read("stacks/code.ts") + read("node_modules/bindings/package.json");
  }

  private write(file: string, content: string): void {
    this.edit(file, content);
    fs.utimesSync(path.join(this.directory, file), LONG_AGO, LONG_AGO);
  }
}

/**
 * Notes the names of the stacks that are built, and lets each hold what `stampOf` gives, as if the code had put it there.
 * @returns The names, which the caller may empty.
 */
export function watchBuilds(stampOf: () => string): string[] {
  const built: string[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the stack as `this`
  const original = TerraformStack.prototype.toTerraform;
  jest.spyOn(TerraformStack.prototype, "toTerraform").mockImplementation(function (this: TerraformStack) {
    built.push(this.node.id);
    return { ...(original.call(this) as object), stamp: stampOf() };
  });
  return built;
}

/** Paths, permissions and contents of all files below a folder; of links, their targets. */
export function snapshotOf(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const place = path.join(folder, name);
      const stat = fs.lstatSync(place);
      if (stat.isDirectory()) return [];
      const content = stat.isSymbolicLink() ? fs.readlinkSync(place) : fs.readFileSync(place, "utf8");
      return [[name, `${stat.mode.toString(8)} ${content}`]];
    }),
  );
}
