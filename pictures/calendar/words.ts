import { counted } from "../counted";
import type { Schedule } from "./calendar";
import { day } from "./dates";
import type { MissedCase, MissedRuns } from "./missed-runs";

/** `demo: a new password every 30 days, 4 at a time`. */
export function scheduleWords({ environment, rotation: { periodDays, slots, lag } }: Schedule): string {
  const every = periodDays === 1 ? "every day" : `every ${periodDays} days`;
  return `${environment}: a new password ${every}, ${slots} at a time, in use after ${counted(lag, "period")}`;
}

/** What happens where a run comes so late, as a sentence. */
export function caseWords({ outcome, isNew, nextRun }: MissedCase, { held }: MissedRuns): string {
  switch (outcome) {
    case "fine":
      return isNew
        ? "No pull fails. Wait a minute between identity and workload: the password is a new one, which Entra ID has to make known."
        : "No pull fails.";
    case "gap":
      return `Pulls of new pods fail from the identity apply on until the workload apply: the run deletes the password that clusters hold.`;
    case "ended":
      return nextRun > held.ends
        ? `Pulls of new pods fail from ${day(held.ends)} on, when the password ends, until the workload apply of that run.`
        : `Pulls of new pods fail from ${day(held.ends)} on, when the password ends, until the workload apply, which comes on that day at the soonest.`;
  }
}
