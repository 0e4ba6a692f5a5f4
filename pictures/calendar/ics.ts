import { WARNING_DAYS } from "../../config/secret-annotations";
import { DAY_MS, type ScheduledPassword } from "../../config/rotation-schedule";
import { counted, firstOf } from "../counted";
import type { Calendar, Schedule } from "./calendar";
import { day, minute } from "./dates";

/** Octets of a line, without its end: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const LONGEST_LINE = 75;
const LONGEST_LIST = 300;

/**
 * The deadlines as a file for calendars (RFC 5545): for each an event of a whole day, the last one on which to apply. An event is the
 * same whenever the file is made, so that calendars update what they have.
 */
export function calendarIcs({ from, to, schedules }: Calendar): string {
  const events = schedules.flatMap((schedule) =>
    schedule.passwords
      .filter(({ applyBefore }) => applyBefore >= from && applyBefore < to)
      .map((password) => event(schedule, password)),
  );
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//acr-pull//calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
  ];
  return [...lines, ...events.flat(), "END:VCALENDAR"].map((line) => `${folded(line)}\r\n`).join("");
}

function event({ environment, rotation, holders }: Schedule, password: ScheduledPassword): string[] {
  const { made, givenUntil, applyBefore, ends } = password;
  const { periodDays, slots, lag } = rotation;
  const last = new Date(applyBefore.getTime() - DAY_MS);
  const summary = `${environment}: last day to apply, if not done since ${day(givenUntil)}`;
  const words = [
    `Clusters whose last run was before ${day(givenUntil)} hold a password that runs delete from ${minute(applyBefore)} on.`,
    "Before that: npx acr-pull rotate, or identity, then workload.",
    `The password ends at ${minute(ends)}.`,
    `${counted(holders.length, "holder")}: ${firstOf(holders, LONGEST_LIST)}.`,
  ];
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(environment)}-${periodDays}-${slots}-${lag}-${day(applyBefore)}@acr-pull`,
    // When it came to be certain: a time of its own, and not of the file.
    `DTSTAMP:${basic(made.toISOString().slice(0, 19))}Z`,
    `DTSTART;VALUE=DATE:${basic(day(last))}`,
    `DTEND;VALUE=DATE:${basic(day(applyBefore))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(words.join("\n"))}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(summary)}`,
    `TRIGGER:-P${Math.min(WARNING_DAYS, periodDays)}D`,
    "END:VALARM",
    "END:VEVENT",
  ];
}

/** As dates and times are written there: without hyphens and colons. */
function basic(date: string): string {
  return date.replace(/[-:]/g, "");
}

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11; other controls than line ends may not stand there at all. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)\p{Cc}/gu, " ")
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\n/g, "\\n");
}

/** Breaks a line after at most 75 octets, and in no character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    // The space at the beginning of all but the first counts.
    const room = LONGEST_LINE - (parts.length > 0 ? 1 : 0);
    if (Buffer.byteLength(part + character) > room) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}
