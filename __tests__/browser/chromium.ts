import { spawnSync } from "node:child_process";

/** Debian's name of the program and of its package. */
const PROGRAM = "chromium";

/** @returns Path of the browser, or why there is none. */
export function findChromium(): { readonly path: string } | { readonly reason: string } {
  const { stdout, status } = spawnSync("sh", ["-c", `command -v ${PROGRAM}`], { encoding: "utf8" });
  if (status === 0) return { path: stdout.trim() };
  return { reason: `${PROGRAM} is not on the PATH (apt-get install -y ${PROGRAM})` };
}

/** A `describe` whose tests need the browser. Where there is none they are skipped; set-up says why. */
export function describeWithChromium(name: string, tests: (path: string) => void): void {
  const found = findChromium();
  if ("path" in found) {
    describe(name, () => {
      tests(found.path);
    });
  } else
    describe.skip(`${name} (skipped: ${found.reason})`, () => {
      tests("");
    });
}
