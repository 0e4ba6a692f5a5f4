import fs from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { codeHash, ROOMS } from "../../synthesis/code";
import { PROJECT, temporaryFolder } from "../support/synthesized";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

function write(root: string, file: string, content: string): void {
  const place = path.join(root, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, content);
  fs.utimesSync(place, LONG_AGO, LONG_AGO);
}

function project(): string {
  const root = temporaryFolder();
  write(root, "package.json", JSON.stringify({ dependencies: { bindings: "1.0.0" } }));
  write(root, "node_modules/bindings/package.json", JSON.stringify({ version: "1.0.0" }));
  write(root, "app.ts", "app");
  write(root, "stacks/deep/a.ts", "ab");
  return root;
}

const hashOf = (root: string) => codeHash({ projectDirectory: root });

it("covers all sources that stacks are built by, and the packages that these use", () => {
  const { metafile } = buildSync({
    entryPoints: ["app.ts", "synthesis/clusters.ts", "synthesis/units.ts"],
    ...{ absWorkingDir: PROJECT, bundle: true, platform: "node", metafile: true, write: false, outdir: "unused" },
  });
  const files = Object.keys(metafile.inputs);
  const own = files.filter((file) => !file.startsWith("node_modules/"));
  expect(own.length).toBeGreaterThan(40);
  expect(own.filter((file) => !ROOMS.includes(file.split("/")[0] ?? ""))).toEqual([]);
  const names = files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  expect(new Set(names).size).toBeGreaterThan(5);
  // Brought along by packages of fixed versions, and used for reading files only.
  const others = ["vscode-languageserver-textdocument", "vscode-languageserver-types"];
  expect([...new Set(names)].filter((name) => !Object.hasOwn(dependencies, name) && !others.includes(name))).toEqual(
    [],
  );
});

it("is the same in any folder", () => {
  expect(hashOf(project())).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(project())).toBe(hashOf(project()));
});

it.each<[string, (root: string) => void]>([
  [
    "a source",
    (root) => {
      write(root, "stacks/deep/a.ts", "ac");
    },
  ],
  [
    "a new source",
    (root) => {
      write(root, "constructs/b.ts", "");
    },
  ],
  [
    "the name of a source",
    (root) => {
      fs.renameSync(path.join(root, "stacks/deep/a.ts"), path.join(root, "stacks/deep/b.ts"));
    },
  ],
  [
    "the version that is installed of a package",
    (root) => {
      write(root, "node_modules/bindings/package.json", JSON.stringify({ version: "1.0.1" }));
    },
  ],
])("is another with another state of %s", (_, change) => {
  const root = project();
  const before = hashOf(root);
  change(root);
  expect(hashOf(root)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(root)).not.toBe(before);
});

it("follows links, to folders too, and passes over those that lead nowhere", () => {
  const [root, outside] = [project(), temporaryFolder()];
  write(outside, "a.ts", "a");
  const before = hashOf(root);
  fs.symlinkSync(path.join(outside, "nothing"), path.join(root, "stacks/nowhere"));
  expect(hashOf(root)).toBe(before);
  fs.symlinkSync(outside, path.join(root, "stacks/linked"));
  const linked = hashOf(root);
  expect(linked).not.toBe(before);
  write(outside, "a.ts", "b");
  expect(hashOf(root)).not.toBe(linked);
});

it("is unknown where a source is younger than the process, and where there are none", () => {
  const root = project();
  fs.writeFileSync(path.join(root, "app.ts"), "app");
  expect(hashOf(root)).toBeUndefined();
  expect(hashOf(temporaryFolder())).toBeUndefined();
});
