import { tmpdir } from "node:os";
import { Terraform } from "../../terraform/terraform";

const run = (script: string, env: Record<string, string> = {}): ReturnType<Terraform["run"]> =>
  new Terraform({ binary: process.execPath, cwd: tmpdir(), env }).run(["-e", script]);

test("a failing command is a result", async () => {
  expect(await run('console.log("out"); console.error("err"); process.exitCode = 3')).toEqual({
    ...{ code: 3, stdout: "out\n", stderr: "err\n", output: "out\nerr\n" },
  });
});

test("a command that is killed fails, and says so", async () => {
  expect(await run('process.kill(process.pid, "SIGKILL")')).toEqual({
    ...{ code: 1, stdout: "", stderr: "ended by SIGKILL\n", output: "ended by SIGKILL\n" },
  });
});

test("a missing binary is an error that names it and the folder", async () => {
  await expect(new Terraform({ binary: "no-such-binary", cwd: tmpdir() }).run([])).rejects.toThrow(
    `cannot run "no-such-binary" in ${tmpdir()}: spawn no-such-binary ENOENT`,
  );
});

test("only the given variables reach Terraform", async () => {
  process.env.TF_WORKSPACE = "someone-else";
  const script = 'console.log(Object.keys(process.env).filter((name) => name.startsWith("TF_")).sort().join())';

  expect((await run(script, { TF_REATTACH_PROVIDERS: "{}" })).stdout).toBe(
    "TF_CLI_CONFIG_FILE,TF_IN_AUTOMATION,TF_REATTACH_PROVIDERS\n",
  );
  delete process.env.TF_WORKSPACE;
});
