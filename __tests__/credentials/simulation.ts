import type { Rotation } from "../../config";
import { scheduleAt } from "../support/rotation";

const DAY_MS = 24 * 60 * 60 * 1000;
const EPOCH = Date.UTC(2000, 0, 1);

interface Password {
  /** When an apply of the identity stack made it. Times are in milliseconds. */
  readonly made: number;
  /** When the registry stops to accept it. */
  readonly end: number;
  deleted: number;
}

/** From when on, and why, what the cluster held was of no use. */
export interface Failure {
  readonly cause: "deleted" | "expired";
  readonly at: number;
}

/** What a cluster holds, while identity and workload stacks are applied at any times: the scheme without Terraform. */
export class Simulation {
  /** The first failure of a password that the cluster held. */
  failure: Failure | undefined;
  /** What the next apply of the workload stack gives the cluster. */
  offered: Password | undefined;
  private slots: Password[] = [];
  private held: Password | undefined;

  constructor(private readonly rotation: Rotation) {}

  /** @param slot The one that clusters get. @default - the scheduled one @param now What the plan takes for the present. */
  applyIdentity(at: number, slot?: number, now = at): void {
    const { slotEnds, activeSlot } = scheduleAt(new Date(now), this.rotation);
    this.slots = slotEnds.map((text, slot) => {
      const [end, old] = [Date.parse(text), this.slots[slot]];
      if (old?.end === end) return old;
      if (old) old.deleted = at;
      return { made: at, end, deleted: Infinity };
    });
    this.offered = this.slots[slot ?? activeSlot];
  }

  applyWorkload(at: number): void {
    this.letPass(at);
    this.held = this.offered;
  }

  /** Notes what happened to the cluster's password until then. */
  letPass(until: number): void {
    if (!this.held || this.failure) return;
    const { deleted, end } = this.held;
    const at = Math.min(deleted, end);
    if (at <= until) this.failure = { at, cause: deleted < end ? "deleted" : "expired" };
  }
}

/** Length of a period in milliseconds. */
export function periodOf({ periodDays }: Rotation): number {
  return periodDays * DAY_MS;
}

/** First millisecond of a generation. */
export function startOf(generation: number, rotation: Rotation): number {
  return EPOCH + generation * periodOf(rotation);
}

/** Applies in the order of their times; where two have the same time, identity comes first. */
export function independently(
  rotation: Rotation,
  identity: readonly number[],
  workload: readonly number[],
): Failure | undefined {
  const simulation = new Simulation(rotation);
  const applies = [
    ...identity.map((at) => ({
      at,
      apply: () => {
        simulation.applyIdentity(at);
      },
    })),
    ...workload.map((at) => ({
      at,
      apply: () => {
        simulation.applyWorkload(at);
      },
    })),
  ];
  for (const { apply } of applies.sort((one, other) => one.at - other.at)) apply();
  return simulation.failure;
}

/** Runs that apply the workload stack before the identity stack, after a first one that cannot. */
export function workloadFirst(rotation: Rotation, [first = 0, ...times]: readonly number[]): Failure | undefined {
  const simulation = new Simulation(rotation);
  simulation.applyIdentity(first);
  simulation.applyWorkload(first);
  for (const time of times) {
    simulation.applyWorkload(time);
    simulation.applyIdentity(time);
  }
  return simulation.failure;
}
