import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** From 2020 on: long after the epoch of the rotation, whatever its period. */
const UTC_TIME = "^2(0[2-9]|[1-9][0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

/** The present, which a rehearsal makes up as well. */
const PRESENT = "coalesce(var.present, plantimestamp())";

export interface NowVariableProps {
  /** How far behind the present `now` may be without a warning. */
  readonly hoursBehind: number;
  /** How far ahead of it. */
  readonly hoursAhead: number;
}

/**
 * The variable `now`, which replaces the present in plans. Plans warn where it is further from the present than is good: passwords
 * are renewed and deleted by it. One a stack.
 */
export class NowVariable extends Construct {
  /** Expression of the time that the plan is made for, RFC 3339 in UTC; known during plan. */
  readonly time = "coalesce(var.now, plantimestamp())";

  constructor(scope: Construct, id: string, { hoursBehind, hoursAhead }: NowVariableProps) {
    super(scope, id);
    this.addVariable("now", "Plan for this time instead of the present");
    this.addVariable(
      "present",
      "What now is compared with, instead of the present, to be warned of a mistake; for rehearsals",
    );
    TerraformStack.of(this).addOverride("check.now_is_near_the_present", {
      assert: [
        {
          condition: `\${timecmp(timeadd(${this.time}, "${hoursBehind}h"), ${PRESENT}) >= 0 && timecmp(${this.time}, timeadd(${PRESENT}, "${hoursAhead}h")) <= 0}`,
          error_message:
            `The variable now is \${${this.time}}, and the present is \${${PRESENT}}: further apart than ${hoursBehind} hours behind or ` +
            `${hoursAhead} ahead. Passwords that clusters hold are deleted, or expire unnoticed. Leave now empty.`,
        },
      ],
    });
  }

  private addVariable(name: string, purpose: string): void {
    new TerraformVariable(this, name === "now" ? "variable" : name, {
      type: "string",
      default: "",
      description: `${purpose}: RFC 3339 in UTC, such as 2026-01-31T00:00:00Z.`,
      validation: [
        {
          condition: `\${var.${name} == "" || can(regex("${UTC_TIME}", var.${name}))}`,
          errorMessage: `${name} must be empty or a time in UTC from 2020 on, such as 2026-01-31T00:00:00Z.`,
        },
      ],
    }).overrideLogicalId(name);
  }
}
