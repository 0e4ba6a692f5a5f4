import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "./support/synthesized";

/** A copy of bin/ with one module, so that no other test meets its cache. */
function project(module: string): string {
  const folder = temporaryFolder();
  fs.mkdirSync(path.join(folder, "bin"));
  fs.copyFileSync(path.join(PROJECT, "bin/run.cjs"), path.join(folder, "bin/run.cjs"));
  fs.writeFileSync(path.join(folder, "package-lock.json"), "{}");
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
  const args = ["bin/run.cjs", "main.ts", "--flag", "value"];
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
