import process from "node:process";
import { runProcess, type Finished, type ProcessOptions } from "../terraform/process";

/** How a process takes part in being interrupted. */
interface Child {
  kill(signal: NodeJS.Signals): void;
}

/** Time that a process has after a second signal before it is killed. */
const GRACE_MS = 5000;

/**
 * Signals of a terminal or of a CI system, for processes that run in groups of their own. The first is passed on to each of them
 * once, as an interrupt: Terraform then ends the operation that runs and writes its state, and nothing new begins. The second is
 * passed on as well, which makes Terraform leave at once; who is still there five seconds later is killed.
 */
export class Interruption {
  /** The first signal that came. @default - none */
  signal: NodeJS.Signals | undefined;
  private readonly children = new Set<Child>();
  private readonly listeners = new Map<NodeJS.Signals, () => void>();
  private count = 0;

  constructor() {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const listener = () => {
        this.interrupt(signal);
      };
      this.listeners.set(signal, listener);
      process.on(signal, listener);
    }
  }

  /** Nothing new may begin. */
  get isInterrupted(): boolean {
    return this.signal !== undefined;
  }

  /** As if a signal had come: the reader of the output is gone, for one. */
  interrupt(signal: NodeJS.Signals): void {
    this.signal ??= signal;
    this.count++;
    for (const child of this.children) child.kill("SIGINT");
    if (this.count !== 2) return;
    setTimeout(() => {
      for (const child of this.children) child.kill("SIGKILL");
    }, GRACE_MS).unref();
  }

  /** @returns Ends the membership, when the process has ended. */
  add(child: Child): () => void {
    this.children.add(child);
    return () => {
      this.children.delete(child);
    };
  }

  /** Signals do again what they do without this. */
  close(): void {
    for (const [signal, listener] of this.listeners) process.removeListener(signal, listener);
  }
}

/** Runs a program in a group of its own, which a signal from the terminal does not reach: it is passed on, once. */
export function runInterruptibly(
  interruption: Interruption,
  program: string,
  args: readonly string[],
  options: Omit<ProcessOptions, "detached" | "onStart">,
): Promise<Finished> {
  let leave: (() => void) | undefined;
  const onStart = (pid: number) => {
    const kill = (signal: NodeJS.Signals) => {
      try {
        process.kill(pid, signal);
      } catch {
        // It has just ended by itself.
      }
    };
    leave = interruption.add({ kill });
  };
  return runProcess(program, args, { ...options, detached: true, onStart }).finally(() => leave?.());
}
