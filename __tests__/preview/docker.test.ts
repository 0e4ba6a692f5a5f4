import fs from "node:fs";
import path from "node:path";
import { docker, DockerFailure, lastLines } from "../../preview/docker";
import { temporaryFolder } from "../support/synthesized";

/** Puts a program called docker on the PATH. @param script Of a shell. */
function fakeDocker(script: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "docker"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${folder}:${process.env.PATH ?? ""}` };
}

test("a command returns what it wrote to stdout", async () => {
  const env = fakeDocker('echo warning >&2; echo "$@"');
  expect(await docker(["ps", "--all"], { env })).toBe("ps --all");
});

test("a command returns stderr as well where it is asked to", async () => {
  const env = fakeDocker("echo one; echo two >&2");
  expect((await docker(["logs"], { env, withErrors: true })).split("\n").sort()).toEqual(["one", "two"]);
});

test("a folder with credentials comes before the command", async () => {
  expect(await docker(["pull", "image"], { env: fakeDocker('echo "$@"'), config: "/folder" })).toBe(
    "--config /folder pull image",
  );
});

test("a command that fails says which, and why", async () => {
  const failure = docker(["build", "."], { env: fakeDocker("echo step; echo COPY failed >&2; exit 1") });
  await expect(failure).rejects.toThrow(DockerFailure);
  await expect(failure).rejects.toThrow(/^docker build failed: (step\nCOPY failed|COPY failed\nstep)$/);
});

test("a machine without docker says so", async () => {
  await expect(docker(["version"], { env: { PATH: temporaryFolder() } })).rejects.toThrow(
    "cannot run docker version: spawn docker ENOENT",
  );
});

test("a command ends when it is aborted", async () => {
  const stop = new AbortController();
  const running = docker(["build", "."], { env: fakeDocker("exec sleep 60"), signal: stop.signal });
  stop.abort();
  await expect(running).rejects.toThrow("docker build failed: ended by SIGTERM");
});

test("of a long output the last lines are shown", () => {
  const output = Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n\n");
  expect(lastLines(output, 2)).toBe("line 28\nline 29");
  expect(lastLines(" \n")).toBe("it said nothing");
});
