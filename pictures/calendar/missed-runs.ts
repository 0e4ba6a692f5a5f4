import type { Rotation } from "../../config";
import {
  generationAt,
  generationsToRenewal,
  startOfGeneration,
  type ScheduledPassword,
} from "../../config/rotation-schedule";
import { passwordInUse } from "./calendar";

/** What becomes of pulls when runs are missed. */
export interface MissedRuns {
  /** The password that clusters got with the last run. */
  readonly held: ScheduledPassword;
  /** The period of the last run begins then. */
  readonly lastRun: Date;
  readonly cases: readonly MissedCase[];
}

/** The next run comes so late. */
export interface MissedCase {
  /** Periods without any run. */
  readonly missed: number;
  /** The period of the next run begins then. */
  readonly nextRun: Date;
  /**
   * `fine`: no pull fails. `gap`: the run deletes the password, and pulls fail from its identity apply until its workload apply.
   * `ended`: pulls fail from the end of the password until the run's workload apply.
   */
  readonly outcome: "fine" | "gap" | "ended";
  /** Whether clusters get a password that the run itself makes: Entra ID has to be waited for, between identity and workload. */
  readonly isNew: boolean;
}

/** Cases beyond the first in which passwords have ended: they are all alike. */
const FURTHER = 1;

/** @param now The last run was in its period. Workload stacks are applied after identity stacks, as `acr-pull rotate` does. */
export function missedRuns(now: Date, rotation: Rotation): MissedRuns {
  const generation = generationAt(now, rotation);
  const held = passwordInUse(now, rotation);
  // Periods from the last run to the one that deletes what clusters hold.
  const deadly = generationsToRenewal(rotation) - rotation.lag;
  const cases = Array.from({ length: deadly + 1 + FURTHER }, (_, missed): MissedCase => {
    const gap = missed + 1;
    return {
      missed,
      nextRun: startOfGeneration(generation + gap, rotation),
      outcome: gap < deadly ? "fine" : gap === deadly ? "gap" : "ended",
      isNew: gap > rotation.lag,
    };
  });
  return { held, lastRun: startOfGeneration(generation, rotation), cases };
}
