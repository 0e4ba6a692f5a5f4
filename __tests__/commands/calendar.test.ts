import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { PROJECT, temporaryFolder } from "../support/synthesized";

function calendar(args: readonly string[], variables: Record<string, string> = {}) {
  const env = { ...process.env, TF_VAR_now: "2026-11-26T12:00:00Z", ...variables };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["tools/acr-pull.cjs", "calendar", "--environment", "demo", ...args],
    {
      ...{ cwd: PROJECT, encoding: "utf8", env },
    },
  );
  return { status, stdout, stderr };
}

it("prints a page where no format is chosen, for the time that stacks are planned for", () => {
  const { status, stdout, stderr } = calendar([]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^<!doctype html>\n[^]*From 2026-11-26 to 2027-03-10; today is 2026-11-26\.[^]*<\/html>\n$/);
});

it.each([
  ["svg", /^<svg [^]*<\/svg>\n$/],
  ["ics", /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/],
])("writes %s to a file", (format, form) => {
  const out = path.join(temporaryFolder(), "calendar");
  expect(calendar(["--format", format, "--out", out])).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(fs.readFileSync(out, "utf8")).toMatch(form);
});

it("shows the span that is asked for", () => {
  const { stdout } = calendar(["--from", "2026-01-01", "--to", "2026-03-01", "--format", "ics"]);
  expect(stdout.match(/DTSTART;VALUE=DATE:\d+/g)).toEqual([
    "DTSTART;VALUE=DATE:20260113",
    "DTSTART;VALUE=DATE:20260212",
  ]);
});

it.each([
  [
    ["--from", "2026-02-30"],
    2,
    `error: option '--from <date>' argument '2026-02-30' is invalid. It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "2026-02-30"\n`,
  ],
  [
    ["--to", "soon"],
    2,
    `error: option '--to <date>' argument 'soon' is invalid. It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "soon"\n`,
  ],
  [["--to", "2026-01-31"], 1, "--to must be after --from, by at most 3660 days, got: 2026-11-26 to 2026-01-31\n"],
  [
    ["--format", "pdf"],
    2,
    "error: option '--format <format>' argument 'pdf' is invalid. Allowed choices are html, svg, ics.\n",
  ],
])("refuses %j", (args, status, stderr) => {
  expect(calendar(args)).toEqual({ status, stdout: "", stderr });
});

it("refuses a present that is no time, and takes an empty one for none", () => {
  expect(calendar([], { TF_VAR_now: "now" })).toEqual({
    status: 1,
    stdout: "",
    stderr: 'TF_VAR_now: It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "now"\n',
  });
  expect(calendar([], { TF_VAR_now: "" }).status).toBe(0);
});
