import fs from "node:fs";
import path from "node:path";
import { isAlive } from "./lock";

/** In the output folder, so that what is ready is put in place by renaming: on the same disk, and with nothing left to write. */
const PREFIX = ".staging-";

/**
 * A new folder in the output folder, which is made where it is not there. What killed processes left is removed.
 * @throws {Error} Where the output folder cannot be written, with the system's words.
 */
export function openStaging(outdir: string): string {
  fs.mkdirSync(outdir, { recursive: true });
  for (const name of fs.readdirSync(outdir)) {
    const [, pid] = /^\.(?:staging-|lock\.)(\d+)(?:-|$)/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      fs.rmSync(path.join(outdir, name), { recursive: true, force: true });
  }
  return fs.mkdtempSync(path.join(outdir, `${PREFIX}${process.pid}-`));
}
