import type { Environment, Rotation } from "../../config";
import { UserError } from "../../config/user-error";
import { hasPassword, rotationOf } from "../../config/passwords";
import {
  DAY_MS,
  generationAt,
  generationsToEnd,
  passwordOf,
  type ScheduledPassword,
} from "../../config/rotation-schedule";
import { day } from "./dates";

/** When passwords live that take turns in one way, in one environment. */
export interface Schedule {
  readonly environment: string;
  readonly rotation: Rotation;
  /** Whose passwords they are: `cluster a`, `token b`. */
  readonly holders: readonly string[];
  /** Those that live at some time from `from` to `to`, if runs come in every period, in the order of their making. */
  readonly passwords: readonly ScheduledPassword[];
}

/** When passwords live, and who has none. */
export interface Calendar {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly schedules: readonly Schedule[];
  /** Clusters that pull without a password of ours, by environment and key. */
  readonly without: readonly { readonly environment: string; readonly cluster: string; readonly pull: string }[];
}

export interface Span {
  readonly now: Date;
  /** @default - now */
  readonly from?: Date | undefined;
  /** @default - when the last of the passwords that are in use ends */
  readonly to?: Date | undefined;
}

/** Ten years: of passwords that live for a day there are thousands by then. */
const LONGEST_DAYS = 3660;
/** Where there is no password at all. */
const SILENT_DAYS = 60;

/**
 * A pure function of environments and time, as rotation is.
 *
 * @throws {UserError} For an end before the beginning, or too long after it.
 */
export function calendarOf(environments: readonly Environment[], { now, from = now, to }: Span): Calendar {
  const turns = environments.flatMap((environment) => turnsOf(environment));
  const ends = turns.map(({ rotation }) => passwordInUse(from, rotation).ends.getTime());
  const end = to ?? new Date(Math.max(from.getTime() + SILENT_DAYS * DAY_MS, ...ends));
  assertSpan(from, end);
  return {
    ...{ from, to: end, now },
    schedules: turns.map((turn) => ({ ...turn, passwords: passwordsBetween(from, end, turn.rotation) })),
    without: environments.flatMap(({ name, clusters }) =>
      Object.entries(clusters).flatMap(([cluster, { pull }]) =>
        rotationOf(pull) ? [] : [{ environment: name, cluster, pull: pull.kind }],
      ),
    ),
  };
}

/** Those who rotate alike, in the order of the file. */
function turnsOf({ name, clusters, registry }: Environment): Omit<Schedule, "passwords">[] {
  const turns = new Map<string, { rotation: Rotation; holders: string[] }>();
  const add = (rotation: Rotation, holder: string) => {
    const { periodDays, slots, lag } = rotation;
    const alike = [periodDays, slots, lag].join();
    const turn = turns.get(alike) ?? { rotation, holders: [] };
    turn.holders.push(holder);
    turns.set(alike, turn);
  };
  for (const [key, { pull }] of Object.entries(clusters)) {
    const rotation = rotationOf(pull);
    if (rotation) add(rotation, `cluster ${key}${hasPassword(pull) ? "" : ", which needs none soon"}`);
  }
  for (const [key, { rotation }] of Object.entries(registry.tokens ?? {})) add(rotation, `token ${key}`);
  return [...turns.values()].map((turn) => ({ environment: name, ...turn }));
}

/** The password that clusters have got where the last run was in the period of `now`. */
export function passwordInUse(now: Date, rotation: Rotation): ScheduledPassword {
  return passwordOf(generationAt(now, rotation) - rotation.lag, rotation);
}

function assertSpan(from: Date, to: Date): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > 0 && days <= LONGEST_DAYS) return;
  throw new UserError(`--to must be after --from, by at most ${LONGEST_DAYS} days, got: ${day(from)} to ${day(to)}`);
}

function passwordsBetween(from: Date, to: Date, rotation: Rotation): ScheduledPassword[] {
  const first = generationAt(from, rotation) - generationsToEnd(rotation) + 1;
  const last = generationAt(to, rotation);
  return Array.from({ length: last - first + 1 }, (_, index) => passwordOf(first + index, rotation));
}
