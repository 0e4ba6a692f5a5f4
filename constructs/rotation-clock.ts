import { TerraformLocal, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { EPOCH, generationsToEnd, generationsToRenewal } from "../config/rotation-schedule";
import { WARNING_DAYS } from "../config/secret-annotations";
import { CheckedOutput } from "./checked-output";
import { NowVariable } from "./now-variable";
import type { Deadline } from "./pull-credential";

/** How passwords take turns. */
export interface Rotation {
  /** Days from one generation to the next. */
  readonly periodDays: number;
  /** Passwords that exist side by side: at least `lag` + 2. */
  readonly slots: number;
  /** Generations that a password is old before clusters get it. */
  readonly lag: number;
}

/** How long ago a run may be planned for that must not be in another generation. */
const TOLERANCE_HOURS = 1;
/** Julian day number of the epoch. */
const EPOCH_JULIAN_DAY = 2451545;

/**
 * Says, as Terraform expressions, which password slot was renewed when. A pure function of time: generation G is the
 * number of whole periods since the epoch; slot k was last renewed at generation `key = G - (G - k) mod S` and ends when
 * generation `key + S + 1` starts; clusters get the slot whose key is G - L, which Entra ID has known for L periods.
 *
 * Values change only at the start of a generation, and are known during plan. One clock a stack: its variables and its
 * locals have plain names.
 */
export class RotationClock extends Construct implements Deadline {
  /** Index of the slot that clusters get. */
  readonly activeSlot: number;
  /** End of that slot's password, RFC 3339. */
  readonly expires: string;
  /** Start of the generation at which an apply deletes that password, RFC 3339. */
  readonly applyBefore: string;
  readonly warningDays: number;

  private readonly slots: number;
  private readonly periodHours: number;

  constructor(scope: Construct, id: string, { periodDays, slots, lag }: Rotation) {
    super(scope, id);
    this.slots = slots;
    this.periodHours = periodDays * 24;
    this.warningDays = Math.min(WARNING_DAYS, periodDays);

    const now = new NowVariable(this, "now", {
      // Ends of passwords that are further back are past. Without lag, clusters hold what a period back was not there.
      hoursBehind: lag > 0 ? this.periodHours : TOLERANCE_HOURS,
      hoursAhead: (slots - 1 - lag) * this.periodHours,
    });
    new TerraformVariable(this, "slot", {
      type: "number",
      default: -1,
      description: "Slot that clusters get instead of the scheduled one, to revoke a password: see docs/runbook.md.",
      validation: [
        {
          condition: `\${var.active_slot >= -1 && var.active_slot < ${slots} && floor(var.active_slot) == var.active_slot}`,
          errorMessage: `active_slot must be a slot from 0 to ${slots - 1}, or -1 for the scheduled one.`,
        },
      ],
    }).overrideLogicalId("active_slot");
    this.local("time", now.time);
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
    this.activeSlot = this.local(
      "active_slot",
      `var.active_slot >= 0 ? var.active_slot : (local.generation - ${lag}) % ${slots}`,
    ).asNumber;
    this.assertSafe(Math.max(lag, 1));
    this.local("active_key", this.keyOf("local.active_slot"));
    this.expires = this.local("expires", this.startOf(`local.active_key + ${generationsToEnd({ slots })}`)).asString;
    this.applyBefore = this.local(
      "apply_before",
      this.startOf(`local.active_key + ${generationsToRenewal({ slots })}`),
    ).asString;
  }

  /** @returns End of the password that slot `slot` holds now, RFC 3339: a change of it is the slot's renewal. */
  slotEnd(slot: number): string {
    return Token.asString(
      `\${${this.startOf(`${this.keyOf(String(slot))} + ${generationsToEnd({ slots: this.slots })}`)}}`,
    );
  }

  /**
   * Refuses a slot of the variable whose password a run would delete sooner than the schedule promises. An output's condition, since
   * those of variables know no locals before Terraform 1.9.
   * @param oldest Generations that a safe slot is old at most. Without lag there is none as good as the scheduled one: then the
   * one before it counts as safe.
   */
  private assertSafe(oldest: number): void {
    const age = (slot: string) => `(local.generation - ${slot}) % ${this.slots}`;
    new CheckedOutput(this, "slot-in-use", {
      name: "active_slot",
      value: this.activeSlot,
      description: "Slot that clusters get.",
      condition: `\${${age("local.active_slot")} <= ${oldest}}`,
      errorMessage:
        "active_slot is ${local.active_slot}, whose password is deleted too soon; until the next generation these will do: " +
        `\${join(", ", [for slot in range(${this.slots}) : slot if ${age("slot")} <= ${oldest}])}.`,
    });
  }

  /** Generation at which a slot was last renewed. */
  private keyOf(slot: string): string {
    return `local.generation - (local.generation - ${slot}) % ${this.slots}`;
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
