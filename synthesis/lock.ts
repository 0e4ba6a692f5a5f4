import fs from "node:fs";
import { UserError } from "../config/user-error";

const PATIENCE_MS = 30_000;
const INTERVAL_MS = 50;
/** No publication takes so long: whatever has this process id by now, it is another process. */
const OLDEST_MS = 10 * 60 * 1000;

/**
 * Runs `work` while no other process on this machine does under the same lock file. A lock whose process has been killed counts
 * for nothing.
 *
 * @throws {UserError} Where another process holds it for 30 seconds.
 */
export function locked<Result>(file: string, work: () => Result): Result {
  const end = Date.now() + PATIENCE_MS;
  while (!tryLock(file)) {
    if (Date.now() > end) {
      const holder = holderOf(file) ?? 0;
      throw new UserError(`${file}: process ${holder} is writing there; remove the file if that is no acr-pull`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, INTERVAL_MS);
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  const own = `${file}.${process.pid}`;
  fs.rmSync(own, { force: true });
  fs.writeFileSync(own, String(process.pid), { flag: "wx" });
  try {
    // Unlike a file that is opened and then written, a link appears with its content.
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (isStale(file)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function isStale(file: string): boolean {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return false;
  const holder = holderOf(file);
  return holder === undefined || Date.now() - stat.mtimeMs > OLDEST_MS || !isAlive(holder);
}

function holderOf(file: string): number | undefined {
  try {
    const holder = Number(fs.readFileSync(file, "utf8"));
    return Number.isInteger(holder) && holder > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is such a process, be it another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
