import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** From 2020 on: long after the epoch of the rotation, whatever its period. */
const UTC_TIME = "^2(0[2-9]|[1-9][0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

/** The variable `now`, which replaces the present in plans. One a stack. */
export class NowVariable extends Construct {
  /** Expression of the time that the plan is made for, RFC 3339 in UTC; known during plan. */
  readonly time = "coalesce(var.now, plantimestamp())";

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new TerraformVariable(this, "variable", {
      type: "string",
      default: "",
      description: "Plan for this time instead of the present: RFC 3339 in UTC, such as 2026-01-31T00:00:00Z.",
      validation: [
        {
          condition: `\${var.now == "" || can(regex("${UTC_TIME}", var.now))}`,
          errorMessage: "now must be empty or a time in UTC from 2020 on, such as 2026-01-31T00:00:00Z.",
        },
      ],
    }).overrideLogicalId("now");
  }
}
