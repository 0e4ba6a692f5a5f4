import { UserError } from "../../config/user-error";
import { assertNever } from "../../config/never";
import { markup, trusted } from "../markup";
import { themeCss } from "../theme";
import type { Calendar } from "./calendar";
import { calendarIcs } from "./ics";
import { calendarPage } from "./page";
import { schedulePicture } from "./schedule-picture";
import { TIMELINE_CSS } from "./timeline";
import { scheduleWords } from "./words";

export const CALENDAR_FORMATS = ["html", "svg", "ics"] as const;
export type CalendarFormat = (typeof CALENDAR_FORMATS)[number];

/**
 * @returns The calendar as a document of its own.
 * @throws {UserError} For several schedules, or none, in a format that holds one.
 */
export function calendarDocument(calendar: Calendar, format: CalendarFormat): string {
  switch (format) {
    case "html":
      return calendarPage(calendar);
    case "ics":
      return calendarIcs(calendar);
    case "svg":
      return calendarSvg(calendar);
    default:
      return assertNever(format);
  }
}

function calendarSvg(calendar: Calendar): string {
  const { schedules } = calendar;
  const [schedule] = schedules;
  if (!schedule || schedules.length > 1) {
    const found = schedules.length === 0 ? "none" : schedules.map((one) => scheduleWords(one)).join("; ");
    throw new UserError(
      `--format svg draws one schedule, got: ${found}; choose by --environment and --cluster, or --format html`,
    );
  }
  const style = markup`<style>${trusted(`${themeCss(".timeline")}\n${TIMELINE_CSS}`)}</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
`;
  return schedulePicture(calendar, schedule, style).text;
}
