import { Option } from "commander";
import { loadConfiguration } from "../config";
import { calendarOf } from "../pictures/calendar/calendar";
import { CALENDAR_FORMATS, calendarDocument, type CalendarFormat } from "../pictures/calendar/documents";
import { command, parsedBy, run, settingsOf, warn, withSelection, type Selection } from "./command-line";
import { parseDate, presentTime } from "./dates";
import { deliver, withOutput, type OutputChoice } from "./output";

interface Options extends Selection, OutputChoice {
  readonly format: CalendarFormat;
  readonly from?: Date;
  readonly to?: Date;
}

const calendar = withOutput(withSelection(command("calendar")))
  .option("--from <date>", "first day, such as 2026-01-31; default: today, or $TF_VAR_now", parsedBy(parseDate))
  .option("--to <date>", "last day; default: when the last of the passwords in use ends", parsedBy(parseDate))
  .addOption(
    new Option("--format <format>", "ics holds the apply-before dates, svg one schedule")
      .choices(CALENDAR_FORMATS)
      .default("html"),
  )
  .action(({ format, from, to, ...options }: Options) => {
    const { environments, warnings } = loadConfiguration(settingsOf(options));
    warn(warnings);
    deliver(calendarDocument(calendarOf(environments, { now: presentTime(), from, to }), format), options);
  });

void run(calendar);
