import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "../support/synthesized";

function graph(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/acr-pull.cjs", "graph", ...args], {
    ...{ cwd: PROJECT, encoding: "utf8" },
  });
  return { status, stdout, stderr };
}

it.each([
  ["svg", /^<svg class="graph" xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/],
  ["mermaid", /^flowchart LR\n[^]*\n {2}n1 -->\|"digest"\| n5\n$/],
  ["html", /^<!doctype html>\n[^]*<\/html>\n$/],
])("prints the demo as %s", (format, form) => {
  const { status, stdout, stderr } = graph("--environment", "demo", "--format", format);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(form);
});

it("writes SVG to a file where no format is chosen, and prints nothing", () => {
  const out = path.join(temporaryFolder(), "demo.svg");
  expect(graph("--environment", "demo", "--out", out)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(fs.readFileSync(out, "utf8")).toBe(graph("--environment", "demo").stdout);
});

it("draws the chosen cluster alone", () => {
  const { stdout } = graph("--environment", "examples/fleet.yaml", "--cluster", "eu-core", "--format", "mermaid");
  expect(stdout).toContain("cluster eu-core");
  expect(stdout).not.toContain("us-core");
});

it("has a section an environment in HTML", () => {
  const { status, stdout } = graph("--environment", "demo,examples/fleet.yaml", "--format", "html");
  expect(status).toBe(0);
  expect(stdout.match(/<section id="[^"]*"/g)).toEqual([
    '<section id="environment.demo"',
    '<section id="environment.fleet"',
  ]);
});

it.each(["svg", "mermaid"])("refuses several environments as %s", (format) => {
  expect(graph("--environment", "demo,examples/fleet.yaml", "--format", format)).toEqual({
    status: 1,
    stdout: "",
    stderr: `--format ${format} draws one environment, got: demo, fleet; choose by --environment, or --format html\n`,
  });
});

it("refuses an unknown format", () => {
  expect(graph("--format", "png")).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: option '--format <format>' argument 'png' is invalid. Allowed choices are svg, mermaid, html.\n",
  });
});

it("says which file it cannot write", () => {
  const { status, stderr } = graph("--environment", "demo", "--out", "/no/such/folder/demo.svg");
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("/no/such/folder/demo.svg") as string,
  });
});
