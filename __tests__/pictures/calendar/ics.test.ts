import type Ical from "ical.js" with { "resolution-mode": "import" };
import type { Calendar } from "../../../pictures/calendar/calendar";
import { calendarOf } from "../../../pictures/calendar/calendar";
import { calendarIcs } from "../../../pictures/calendar/ics";
import { load } from "../../support/environment";
import { HOSTILE, HOSTILE_MARKUP } from "../../support/hostile";
import { PROJECT } from "../../support/synthesized";

const { environments } = load(PROJECT, ["environments/demo.yaml"]);
const calendarAt = (now: string, to?: string) =>
  calendarOf(environments, { now: new Date(now), to: to === undefined ? undefined : new Date(to) });
const CALENDAR = calendarAt("2026-11-26T12:00:00Z");

let ICAL: typeof Ical;

beforeAll(async () => {
  ({ default: ICAL } = await import("ical.js"));
});

/** The events, as a program that reads calendars has them. */
function eventsIn(ics: string): Ical.Event[] {
  return new ICAL.Component(ICAL.parse(ics) as unknown[])
    .getAllSubcomponents("vevent")
    .map((event) => new ICAL.Event(event));
}

function withHolder(calendar: Calendar, environment: string): Calendar {
  return {
    ...calendar,
    schedules: calendar.schedules.map((schedule) => ({ ...schedule, environment, holders: [environment] })),
  };
}

it("has the last day to apply of every password as a day of its own", () => {
  const events = eventsIn(calendarIcs(CALENDAR));
  expect(
    events.map(({ startDate, endDate, summary }) => `${startDate.toString()} ${endDate.toString()} ${summary}`),
  ).toEqual([
    "2026-12-09 2026-12-10 demo: last day to apply, if not done since 2026-10-11",
    "2027-01-08 2027-01-09 demo: last day to apply, if not done since 2026-11-10",
    "2027-02-07 2027-02-08 demo: last day to apply, if not done since 2026-12-10",
  ]);
  expect(events[0]?.description).toBe(
    "Clusters whose last run was before 2026-10-11 hold a password that runs delete from 2026-12-10 00:00 UTC on.\n" +
      "Before that: npx acr-pull rotate, or identity, then workload.\n" +
      "The password ends at 2027-01-09 00:00 UTC.\n1 holder: cluster aksdemo2.",
  );
});

it("has the same event whenever it is made, and another one for each deadline", () => {
  const [early, late] = [CALENDAR, calendarAt("2027-01-01T00:00:00Z", "2027-06-01")].map(
    (one) =>
      new Map(
        calendarIcs(one)
          .split("BEGIN:VEVENT")
          .slice(1)
          .map((event) => [/UID:(.*)/.exec(event)?.[1], event.split("END:VEVENT")[0]]),
      ),
  );
  const shared = [...(early?.keys() ?? [])].filter((uid) => late?.has(uid));
  expect(shared).toEqual(["demo-30-4-1-2027-01-09@acr-pull", "demo-30-4-1-2027-02-08@acr-pull"]);
  for (const uid of shared) expect(late?.get(uid)).toBe(early?.get(uid));
});

it("reminds of it a week before, or a period where that is shorter", () => {
  expect(calendarIcs(CALENDAR)).toContain("\r\nTRIGGER:-P7D\r\n");
  const [schedule] = CALENDAR.schedules;
  if (!schedule) throw new Error("the demo has no schedule");
  const daily = { ...schedule, rotation: { ...schedule.rotation, periodDays: 2 } };
  expect(calendarIcs({ ...CALENDAR, schedules: [daily] })).toContain("\r\nTRIGGER:-P2D\r\n");
});

describe.each([...HOSTILE, ...HOSTILE_MARKUP, "ä".repeat(100)])("with %j as a name", (name) => {
  const ics = calendarIcs(withHolder(CALENDAR, name));

  it("has lines of at most 75 octets, each with its end, and no character in two", () => {
    expect(ics.endsWith("\r\n")).toBe(true);
    for (const line of ics.split("\r\n")) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n\uFFFD]|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
    }
  });

  it("has the name as text, and no property from it", () => {
    const root = new ICAL.Component(ICAL.parse(ics) as unknown[]);
    const properties = (component: Ical.Component): string[] => [
      component.name,
      ...component.getAllProperties().map((property) => property.name),
      ...component.getAllSubcomponents().flatMap(properties),
    ];
    expect(properties(root)).toEqual(properties(new ICAL.Component(ICAL.parse(calendarIcs(CALENDAR)) as unknown[])));
    const shown = name.replace(/\r\n?/g, "\n").replace(/(?!\n)\p{Cc}/gu, " ");
    for (const event of eventsIn(ics)) expect(event.summary.startsWith(`${shown}: last day`)).toBe(true);
  });
});
