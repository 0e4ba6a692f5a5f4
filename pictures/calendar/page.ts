import { counted, firstOf } from "../counted";
import { figure, table, time } from "../elements";
import { markup, type Markup } from "../markup";
import { htmlPage, type PageSection } from "../page";
import type { Calendar, Schedule } from "./calendar";
import { day, minute } from "./dates";
import { missedPicture } from "./missed-picture";
import { missedRuns } from "./missed-runs";
import { schedulePicture } from "./schedule-picture";
import { TIMELINE_CSS } from "./timeline";
import { caseWords, scheduleWords } from "./words";

/** Characters of a list of names in a sentence. */
const LONGEST_LIST = 400;

export function calendarPage(calendar: Calendar): string {
  const { from, to, now, schedules } = calendar;
  const names = [...new Set(schedules.map(({ environment }) => environment))].join(", ");
  return htmlPage({
    title: `${names}: when which password lives`,
    summary: `From ${day(from)} to ${day(to)}; today is ${day(now)}. All dates begin at midnight in UTC.`,
    sections: calendarSections(calendar, "calendar"),
    css: TIMELINE_CSS,
  });
}

/** A section for those who rotate alike, and one for those who have nothing to rotate. @param prefix Of their anchors. */
export function calendarSections(calendar: Calendar, prefix: string): PageSection[] {
  return [
    ...calendar.schedules.map((schedule, index) => ({
      id: `${prefix}.${index + 1}`,
      heading: scheduleWords(schedule),
      content: scheduleContent(calendar, schedule),
    })),
    ...(calendar.without.length === 0 ? [] : [withoutSection(calendar, prefix)]),
  ];
}

function scheduleContent(calendar: Calendar, schedule: Schedule): Markup[] {
  const { holders, passwords } = schedule;
  const { now } = calendar;
  const missed = missedRuns(now, schedule.rotation);
  const { held } = missed;
  return [
    markup`<p>${counted(holders.length, "holder")}: ${firstOf(holders, LONGEST_LIST)}.</p>
<p>The password of slot ${held.slot} is in use. <strong>Apply identity, then workload, before ${time(minute(held.applyBefore))}</strong>; it ends at ${time(minute(held.ends))}.</p>
`,
    figure(
      "Lives of passwords by slot, if a run comes in every period: where a bar ends is its apply-before date",
      schedulePicture(calendar, schedule),
    ),
    table({
      caption: "Passwords in the order of their making",
      columns: ["made", "slot", "clusters get it from", "to", "apply before", "ends"],
      rows: passwords.map(({ slot, made, given, givenUntil, applyBefore, ends }) => ({
        cells: [made, slot, given, givenUntil, applyBefore, ends].map((cell) =>
          cell instanceof Date ? time(day(cell)) : cell,
        ),
      })),
    }),
    markup`<h3>When runs are missed</h3>
<p>If the last run was in the period that began on ${day(missed.lastRun)}. Running pods do not notice: it is new pods that have to pull.</p>
`,
    figure("How long clusters pull without a further run", missedPicture(now, schedule)),
    table({
      caption: "What the next run does",
      columns: ["runs missed", "next run from", "what happens"],
      rows: missed.cases.map((one) => ({ cells: [one.missed, time(day(one.nextRun)), caseWords(one, missed)] })),
    }),
  ];
}

function withoutSection({ without }: Calendar, prefix: string): PageSection {
  return {
    id: `${prefix}.none`,
    heading: "Nothing to rotate",
    content: table({
      caption: "Clusters that pull without a password of ours",
      columns: ["cluster", "environment", "pulls by"],
      rows: without.map(({ environment, cluster, pull }) => ({ cells: [cluster, environment, pull] })),
    }),
  };
}
