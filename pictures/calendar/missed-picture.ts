import { markup, type Markup } from "../markup";
import type { Schedule } from "./calendar";
import { day } from "./dates";
import { missedRuns } from "./missed-runs";
import { axis, bar, line, Scale, TIMELINE, timeline, wordsAt, wordsIn } from "./timeline";

const TOP = 44;

/** How long clusters pull without any further run, and what the run that comes at last does. */
export function missedPicture(now: Date, { environment, rotation }: Schedule): Markup {
  const { held, lastRun, cases } = missedRuns(now, rotation);
  const end = cases.at(-1)?.nextRun ?? held.ends;
  const scale = new Scale(lastRun, end);
  const bottom = TOP + TIMELINE.row;
  return timeline(
    `${environment}: how long clusters pull without a further run`,
    bottom + TIMELINE.axis + 8,
    undefined,
    [
      ...axis(scale, [lastRun, ...cases.map(({ nextRun }) => nextRun)], TOP - 4, bottom),
      markup`<text x="0" y="${TOP + 15}">pulls</text>
`,
      bar(scale, "fine", lastRun, held.applyBefore, TOP, TIMELINE.bar),
      wordsIn(scale, lastRun, held.applyBefore, TOP + 14, "work, whenever a run comes"),
      bar(scale, "gap", held.applyBefore, held.ends, TOP, TIMELINE.bar),
      wordsAt(
        scale,
        new Date((held.applyBefore.getTime() + held.ends.getTime()) / 2),
        TOP + 14,
        "until a run",
        "strong",
      ),
      bar(scale, "ended", held.ends, end, TOP, TIMELINE.bar),
      wordsIn(scale, held.ends, end, TOP + 14, "fail"),
      line(scale, "deadline", held.applyBefore, TOP - 18, bottom),
      wordsAt(scale, held.applyBefore, TOP - 22, `apply before ${day(held.applyBefore)}`, "deadline-words"),
      line(scale, "now", now, TOP - 4, bottom),
      wordsAt(scale, now, TOP - 8, "today", "strong"),
    ],
  );
}
