import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import commands from "../../commands/commands.json";
import { PROJECT, temporaryFolder } from "../support/synthesized";

function acrPull(...args: string[]) {
  // Whatever a command does by mistake, it does not do it to the project.
  const env = { ...process.env, CDKTF_OUTDIR: path.join(temporaryFolder(), "cdktf.out") };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/acr-pull.cjs", ...args], {
    ...{ cwd: PROJECT, encoding: "utf8", env },
  });
  return { status, stdout, stderr, ran: fs.existsSync(env.CDKTF_OUTDIR) };
}

const COMMANDS = Object.entries(commands);

it("is one program for all commands", () => {
  const { name, bin } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as {
    name: string;
    bin: object;
  };
  expect({ name, bin }).toEqual({ name: "acr-pull", bin: { "acr-pull": "tools/acr-pull.cjs" } });
  expect(fs.statSync(path.join(PROJECT, "tools/acr-pull.cjs")).mode & 0o111).toBe(0o111);
});

it.each([["--help"], ["help"]])("lists all commands and the exit codes with %s", (...args) => {
  const { status, stdout } = acrPull(...args);
  expect(status).toBe(0);
  for (const [name] of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  expect(stdout).toMatch(/^Exit codes: 0 fine, 1 .*, 2 .*, 70 /m);
});

it("without a command is misuse", () => {
  const { status, stdout, stderr } = acrPull();
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^Usage: acr-pull <command>/);
});

it("tells its version", () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(PROJECT, "package.json"), "utf8")) as { version: string };
  expect(acrPull("--version")).toMatchObject({ status: 0, stdout: `${version}\n` });
});

it.each(["synht", "rehersal", "toString", "__proto__"])("refuses the unknown command %s", (name) => {
  const { status, stdout, stderr, ran } = acrPull(name);
  expect({ status, stdout, ran }).toEqual({ status: 2, stdout: "", ran: false });
  expect(stderr.split("\n")[0]).toBe(`error: unknown command '${name}'`);
});

it("says which command was meant", () => {
  expect(acrPull("synht").stderr).toBe("error: unknown command 'synht'\n(Did you mean synth?)\n");
});

describe.each(COMMANDS)("%s", (name) => {
  it.each([
    [name, "--help"],
    ["help", name],
  ])("explains itself with %s %s, and does nothing", (...args) => {
    const { status, stdout, stderr, ran } = acrPull(...args);
    expect({ status, stderr, ran }).toEqual({ status: 0, stderr: "", ran: false });
    expect(stdout.startsWith(`Usage: acr-pull ${name} [options]`)).toBe(true);
  });

  it("refuses an unknown option, and does nothing", () => {
    const { status, stdout, stderr, ran } = acrPull(name, "--no-such-option");
    expect({ status, stdout, ran }).toEqual({ status: 2, stdout: "", ran: false });
    expect(stderr).toBe("error: unknown option '--no-such-option'\n");
  });
});
