import { generationAt, startOfGeneration, type ScheduledPassword } from "../../config/rotation-schedule";
import { markup, type Markup } from "../markup";
import { passwordInUse, type Calendar, type Schedule } from "./calendar";
import { day } from "./dates";
import { axis, bar, line, Scale, TIMELINE, timeline, wordsAt, wordsIn } from "./timeline";
import { scheduleWords } from "./words";

const TOP = 44;

/** Each slot's passwords as bars: their lives, when clusters get them, and the deadline of the one that is in use now. */
export function schedulePicture({ from, to, now }: Calendar, schedule: Schedule, style?: Markup): Markup {
  const { rotation, passwords } = schedule;
  const scale = new Scale(from, to);
  const bottom = TOP + rotation.slots * TIMELINE.row;
  const first = generationAt(from, rotation);
  const boundaries = Array.from({ length: generationAt(to, rotation) - first + 1 }, (_, index) =>
    startOfGeneration(first + index, rotation),
  );
  const inUse = passwordInUse(now, rotation);
  const slots = Array.from({ length: rotation.slots }, (_, slot) => slot);
  return timeline(
    `${scheduleWords(schedule)}, from ${day(from)} to ${day(to)}`,
    bottom + TIMELINE.axis + LEGEND,
    style,
    [
      ...axis(scale, boundaries, TOP - 4, bottom),
      ...slots.map(
        (slot) => markup`<text x="0" y="${TOP + slot * TIMELINE.row + 15}">slot ${slot}</text>
`,
      ),
      ...passwords.map((password) => drawPassword(scale, password)),
      line(scale, "deadline", inUse.applyBefore, TOP - 18, bottom),
      wordsAt(scale, inUse.applyBefore, TOP - 22, `apply before ${day(inUse.applyBefore)}`, "deadline-words"),
      line(scale, "now", now, TOP - 4, bottom),
      wordsAt(scale, now, TOP - 8, "today", "strong"),
      ...drawLegend(bottom + TIMELINE.axis + 8),
    ],
  );
}

const LEGEND = 28;

function drawPassword(scale: Scale, password: ScheduledPassword): Markup {
  const { slot, made, given, givenUntil, applyBefore, ends } = password;
  const y = TOP + slot * TIMELINE.row;
  const title = `slot ${slot}: made ${day(made)}, clusters get it from ${day(given)} to ${day(givenUntil)}, apply before ${day(applyBefore)}, ends ${day(ends)}`;
  return markup`${bar(scale, "life", made, applyBefore, y, TIMELINE.bar, title)}${bar(scale, "used", given, givenUntil, y, TIMELINE.bar, title)}${wordsIn(scale, given, givenUntil, y + 14, "in use")}${bar(scale, "spare", applyBefore, ends, y + TIMELINE.bar, 6, title)}`;
}

function drawLegend(y: number): Markup[] {
  const samples = [
    ["used", "clusters get it", 120],
    ["life", "is there, for clusters that missed runs", 260],
    ["spare", "still good where no run has deleted it", 260],
  ] as const;
  let x = TIMELINE.left;
  return samples.map(([kind, words, width]) => {
    const sample = markup`<rect class="${kind}" x="${x}" y="${y}" width="24" height="${kind === "spare" ? 6 : 12}" rx="3"/><text x="${x + 32}" y="${y + 10}">${words}</text>
`;
    x += 32 + width + 12;
    return sample;
  });
}
