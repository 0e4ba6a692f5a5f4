import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Gives back the memory that reading a large file has left behind, before threads ask for theirs: V8 looks after a heap when that
 * heap grows, and the main thread's does not while it waits.
 */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (() => void) | undefined;
  setFlagsFromString("--no-expose-gc");
  collect?.();
}
