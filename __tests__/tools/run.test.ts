import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "../support/synthesized";

/** A copy of the runner with one module, so that no other test meets its cache. */
function project(module: string): string {
  const folder = temporaryFolder();
  fs.mkdirSync(path.join(folder, "tools"));
  fs.copyFileSync(path.join(PROJECT, "tools/run.cjs"), path.join(folder, "tools/run.cjs"));
  for (const file of ["package-lock.json", "tsconfig.json"]) fs.writeFileSync(path.join(folder, file), "{}");
  fs.mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["esbuild", "@esbuild"]) {
    fs.symlinkSync(path.join(PROJECT, "node_modules", name), path.join(folder, "node_modules", name));
  }
  fs.writeFileSync(path.join(folder, "answer.ts"), module);
  fs.writeFileSync(
    path.join(folder, "main.ts"),
    'import { answer } from "./answer";\nconsole.log(answer, __dirname, process.argv.slice(2).join());\n',
  );
  return folder;
}

function run(folder: string, env: Record<string, string> = {}) {
  const args = ["tools/run.cjs", "main.ts", "--flag", "value"];
  return spawnSync(process.execPath, args, { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8" });
}

it("runs TypeScript from its folder, with its arguments, first from the sources and then from the cache", () => {
  const folder = project("export const answer: number = 42;\n");
  for (let round = 0; round < 3; round++) {
    expect(run(folder)).toMatchObject({ status: 0, stderr: "", stdout: `42 ${folder} --flag,value\n` });
  }
  expect(fs.readdirSync(path.join(folder, "node_modules/.cache/acr-pull"))).toHaveLength(3);
});

it("notices a change of the same length in a module", () => {
  const folder = project("export const answer: number = 42;\n");
  run(folder);
  run(folder);
  fs.writeFileSync(path.join(folder, "answer.ts"), "export const answer: number = 43;\n");
  expect(run(folder).stdout).toMatch(/^43 /);
  expect(run(folder).stdout).toMatch(/^43 /);
});

it("notices another version of a package, whatever the lock file says", () => {
  const folder = project('export { answer } from "apart";\n');
  const install = (version: string, answer: number) => {
    const place = path.join(folder, "node_modules/apart");
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, "package.json"), JSON.stringify({ name: "apart", version }));
    fs.writeFileSync(path.join(place, "index.js"), `exports.answer = ${answer};\n`);
  };
  install("1.0.0", 42);
  run(folder);
  expect(run(folder).stdout).toMatch(/^42 /);
  install("1.0.10", 43);
  expect(run(folder).stdout).toMatch(/^43 /);
});

describe("a large package", () => {
  const withCdktf = () => {
    const folder = project('export { answer } from "cdktf";\n');
    for (const [name, answer] of Object.entries({ cdktf: 42, cdktn: 43 })) {
      const place = path.join(folder, "node_modules", name);
      fs.mkdirSync(place);
      fs.writeFileSync(path.join(place, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
      fs.writeFileSync(path.join(place, "index.js"), `exports.answer = ${answer};\n`);
    }
    return folder;
  };
  const bundles = (folder: string) => {
    const cache = path.join(folder, "node_modules/.cache/acr-pull");
    return fs
      .readdirSync(cache)
      .filter((name) => name.endsWith(".js"))
      .map((name) => fs.readFileSync(path.join(cache, name), "utf8").includes(".answer=4"));
  };

  it("is in the bundle from the second run on", () => {
    const folder = withCdktf();
    expect(run(folder)).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^42 /) as string });
    expect(bundles(folder)).toEqual([false]);
    for (let round = 0; round < 2; round++) expect(run(folder).stdout).toMatch(/^42 /);
    expect(bundles(folder)).toContain(true);
  });

  it("is in it from the first on where another takes its place", () => {
    const folder = withCdktf();
    expect(run(folder, { CDKTF_PACKAGE: "cdktn" }).stdout).toMatch(/^43 /);
    expect(bundles(folder)).toEqual([true]);
  });
});

it("runs where nothing can be kept", () => {
  const folder = project("export const answer: number = 42;\n");
  fs.writeFileSync(path.join(folder, "node_modules/.cache"), "a file");
  expect(run(folder)).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^42 /) as string });
});

it("keeps nothing and names the sources while debugging", () => {
  const folder = project('export const answer: number = 42;\n\nthrow new Error("broken");\n');
  const { status, stderr } = run(folder, { NODE_OPTIONS: "--enable-source-maps" });
  expect(status).toBe(1);
  expect(stderr).toContain("answer.ts:3:");
  expect(fs.existsSync(path.join(folder, "node_modules/.cache"))).toBe(false);
});

it.each([".js", ".code", ".json"])("is not stopped by a truncated %s in the cache", (ending) => {
  const folder = project("export const answer: number = 42;\n");
  run(folder);
  const cache = path.join(folder, "node_modules/.cache/acr-pull");
  const [file = ""] = fs.readdirSync(cache).filter((name) => name.endsWith(ending));
  fs.truncateSync(path.join(cache, file), 10);
  expect(run(folder)).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^42 /) as string });
});

it.each(["package-lock.json", "tsconfig.json"])("makes a new bundle when %s changes", (file) => {
  const folder = project("export const answer: number = 42;\n");
  run(folder);
  const cache = path.join(folder, "node_modules/.cache/acr-pull");
  const index = () => fs.readdirSync(cache).find((name) => name.endsWith(".json")) ?? "";
  const before = fs.readFileSync(path.join(cache, index()), "utf8");
  fs.writeFileSync(path.join(folder, file), '{ "changed": true }');
  run(folder);
  expect(fs.readFileSync(path.join(cache, index()), "utf8")).not.toBe(before);
});

it("keeps no bundle that nothing runs any more", () => {
  const folder = project("export const answer: number = 42;\n");
  run(folder);
  const cache = path.join(folder, "node_modules/.cache/acr-pull");
  const hourAgo = new Date(Date.now() - 60 * 60 * 1000);
  const bundles = () => fs.readdirSync(cache).filter((name) => name.endsWith(".js"));
  const [old = ""] = bundles();
  for (const name of fs.readdirSync(cache)) fs.utimesSync(path.join(cache, name), hourAgo, hourAgo);
  fs.writeFileSync(path.join(folder, "answer.ts"), "export const answer: number = 43;\n");
  run(folder);
  expect(bundles()).toHaveLength(1);
  expect(bundles()).not.toContain(old);
});

it("names the sources and their lines in stack traces", () => {
  const folder = project('export const answer: number = 42;\n\nif (answer === 42) throw new Error("broken");\n');
  for (let round = 0; round < 2; round++) {
    expect(run(folder).stderr).toContain(`(${path.join(folder, "answer.ts")}:3:26)`);
  }
});
