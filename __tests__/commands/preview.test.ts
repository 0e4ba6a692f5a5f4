import { spawnSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { freePort } from "../../preview/port";
import { PROJECT, temporaryFolder } from "../support/synthesized";

/** Runs the command on a machine without docker. */
function preview(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/acr-pull.cjs", "preview", ...args], {
    ...{ cwd: PROJECT, encoding: "utf8" },
    env: { PATH: temporaryFolder() },
  });
  return { status, stdout, stderr };
}

test("--help explains the arguments", () => {
  const { status, stdout } = preview("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("Usage: acr-pull preview [options] [image]");
});

test.each([
  [["web"], 'environment demo builds no image "web", it builds acr-app2'],
  [[], "no Docker engine answers: cannot run docker version: spawn docker ENOENT"],
])("%j ends with one line", (args, line) => {
  expect(preview("--environment", "demo", ...args)).toEqual({ status: 1, stdout: "", stderr: `${line}\n` });
});

test.each([
  [
    ["--port", "http"],
    "error: option '--port <n>' argument 'http' is invalid. It must be a number from 1 to 65535, got: \"http\"",
  ],
  [
    ["--port", "65536"],
    "error: option '--port <n>' argument '65536' is invalid. It must be a number from 1 to 65535, got: \"65536\"",
  ],
  [["one", "two"], "error: too many arguments. Expected 1 argument but got 2."],
  [["--prot", "80"], "error: unknown option '--prot'\n(Did you mean --port?)"],
])("%j is misuse", (args, line) => {
  expect(preview(...args)).toEqual({ status: 2, stdout: "", stderr: `${line}\n` });
});

test("an unknown environment is named", () => {
  expect(preview("--environment", "nowhere").stderr).toMatch(/nowhere/);
});

test("a free port is free, and another every time", async () => {
  const [one, other] = [await freePort(), await freePort()];
  expect(await freePort(one)).toBe(one);
  expect(one).not.toBe(other);
});

test("a port that is taken is refused by its number", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(freePort(port)).rejects.toThrow(`port ${port} cannot be used (listen EADDRINUSE`);
  server.close();
});
