import { TerraformLocal, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import type { RotationConfig } from "../config";

/** Generation 0 starts here. Moving it would renew every password at once. */
const EPOCH = "2000-01-01T00:00:00Z";
/** Julian day number of the epoch. */
const EPOCH_JULIAN_DAY = 2451545;

const UTC_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

/**
 * Says, as Terraform expressions, which password slot was renewed when. A pure function of time: generation G is the
 * number of whole periods since the epoch; slot k was last renewed at generation `key = G - (G - k) mod S` and ends when
 * generation `key + S + 1` starts; clusters get the slot whose key is G - L, which Entra ID has known for L periods.
 *
 * Values change only at the start of a generation, and are known during plan. One clock a stack: its variable and its
 * locals have plain names.
 */
export class RotationClock extends Construct {
  /** Index of the slot that clusters get. */
  readonly activeSlot: number;
  /** End of that slot's password, RFC 3339. */
  readonly expires: string;
  /** Start of the generation at which an apply deletes that password, RFC 3339. */
  readonly applyBefore: string;

  private readonly slots: number;
  private readonly periodHours: number;

  /** @param rotation `slots` is at least `lag` + 2. */
  constructor(scope: Construct, id: string, { periodDays, slots, lag }: RotationConfig) {
    super(scope, id);
    this.slots = slots;
    this.periodHours = periodDays * 24;

    new TerraformVariable(this, "now", {
      type: "string",
      default: "",
      description: "Plan for this time instead of the present: RFC 3339 in UTC, such as 2026-01-31T00:00:00Z.",
      validation: [
        {
          condition: `\${var.now == "" || can(regex("${UTC_TIME}", var.now))}`,
          errorMessage: "now must be empty or a time in UTC such as 2026-01-31T00:00:00Z.",
        },
      ],
    }).overrideLogicalId("now");
    this.local("time", "coalesce(var.now, plantimestamp())");
    this.local("year", `tonumber(formatdate("YYYY", local.time))`);
    this.local("month", `tonumber(formatdate("M", local.time))`);
    this.local("day", `tonumber(formatdate("D", local.time))`);
    // Terraform cannot subtract times: days are counted by the Julian day number of a Gregorian date, whose year starts
    // in March. https://en.wikipedia.org/wiki/Julian_day#Converting_Gregorian_calendar_date_to_Julian_day_number
    this.local("march_year", "local.year + 4800 - floor((14 - local.month) / 12)");
    this.local("march_month", "(local.month + 9) % 12");
    this.local(
      "days",
      "local.day + floor((153 * local.march_month + 2) / 5) + 365 * local.march_year + floor(local.march_year / 4)" +
        ` - floor(local.march_year / 100) + floor(local.march_year / 400) - 32045 - ${EPOCH_JULIAN_DAY}`,
    );
    this.local("generation", `floor(local.days / ${periodDays})`);
    this.activeSlot = this.local("active_slot", `(local.generation - ${lag}) % ${slots}`).asNumber;
    this.expires = this.local("expires", this.startOf(`local.generation + ${slots - lag + 1}`)).asString;
    this.applyBefore = this.local("apply_before", this.startOf(`local.generation + ${slots - lag}`)).asString;
  }

  /** @returns End of the password that slot `slot` holds now, RFC 3339: a change of it is the slot's renewal. */
  slotEnd(slot: number): string {
    const key = `local.generation - (local.generation - ${slot}) % ${this.slots}`;
    return Token.asString(`\${${this.startOf(`${key} + ${this.slots + 1}`)}}`);
  }

  private local(name: string, expression: string): TerraformLocal {
    const local = new TerraformLocal(this, name, `\${${expression}}`);
    local.overrideLogicalId(name);
    return local;
  }

  private startOf(generation: string): string {
    return `timeadd("${EPOCH}", format("%dh", (${generation}) * ${this.periodHours}))`;
  }
}
