import fs from "node:fs";

const INTERVAL_MS = 25;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly kilobytes: number;
}

/**
 * Watches how much memory a process and all its descendants take, by Linux's /proc.
 *
 * A moment counts, for every process alive, the peak of its resident memory so far (VmHWM): no spike between two moments
 * is missed. Pages that processes share, such as Node's program, are counted in each of them, so several processes look
 * rather bigger than they are; threads, which share one process, are counted once.
 *
 * @returns Ends the watch and gives the largest moment, in megabytes.
 */
export function watchMemory(pid: number): () => number {
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, kilobytesOf(pid, processes()));
  };
  sample();
  const timer = setInterval(sample, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return peak / 1024;
  };
}

/** Kilobytes of the process and its descendants. */
function kilobytesOf(pid: number, all: readonly Process[]): number {
  const own = all.find((process) => process.pid === pid)?.kilobytes ?? 0;
  return all.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + kilobytesOf(child.pid, all), own);
}

function processes(): Process[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const status = statusOf(name);
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      return { pid: Number(name), parent: field("PPid"), kilobytes: field("VmHWM") };
    });
}

/** Empty where the process has just ended. */
function statusOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
