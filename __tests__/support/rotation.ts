import type { Rotation } from "../../config";

const DAY = 24 * 60 * 60 * 1000;
const EPOCH = Date.UTC(2000, 0, 1);

/** What the credential scheme says at one time, written down a second time, in another language than the product's. */
export interface Schedule {
  readonly generation: number;
  /** Slot that clusters get. */
  readonly activeSlot: number;
  /** End of each slot's password, RFC 3339. */
  readonly slotEnds: readonly string[];
  readonly expires: string;
  readonly applyBefore: string;
}

export function scheduleAt(time: Date, { periodDays, slots, lag }: Rotation): Schedule {
  const startOf = (generation: number) =>
    new Date(EPOCH + generation * periodDays * DAY).toISOString().replace(".000", "");
  const generation = Math.floor((time.getTime() - EPOCH) / (periodDays * DAY));
  const keys = Array.from({ length: slots }, (_, slot) => generation - ((generation - slot) % slots));
  const activeSlot = (generation - lag) % slots;
  const activeKey = keys[activeSlot] ?? NaN;
  return {
    generation,
    activeSlot,
    slotEnds: keys.map((key) => startOf(key + slots + 1)),
    expires: startOf(activeKey + slots + 1),
    applyBefore: startOf(activeKey + slots),
  };
}
