import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { NowVariable } from "./now-variable";
import type { Deadline } from "./pull-credential";

export interface ExpiryCheckProps {
  readonly deadline: Deadline;
  /** Expression of the time to check for. @default - the present, or a variable `now` that this makes */
  readonly time?: string;
}

/**
 * Makes every plan and apply of the stack warn when the deadline is near or past. It only warns: an apply that is late
 * must still be possible. One a stack.
 */
export class ExpiryCheck extends Construct {
  constructor(scope: Construct, id: string, { deadline, time }: ExpiryCheckProps) {
    super(scope, id);
    const hours = deadline.warningDays * 24;
    const now = time ?? new NowVariable(this, "now", { hoursBehind: hours, hoursAhead: hours }).time;
    const local = (localId: string, value: string) => {
      new TerraformLocal(this, localId, value).overrideLogicalId(localId);
    };
    // Through locals: references to other stacks are found in elements, and not in overrides.
    local("checked_expires", deadline.expires);
    local("checked_apply_before", deadline.applyBefore);
    TerraformStack.of(this).addOverride("check.pull_credential_is_current", {
      assert: [
        {
          condition: `\${timecmp(timeadd(${now}, "${hours}h"), local.checked_apply_before) < 0}`,
          error_message:
            "The pull credential is due: apply the identity stack, then the workload stack, before ${local.checked_apply_before}. " +
            "From ${local.checked_expires} on the registry refuses it, and new pods end in ImagePullBackOff.",
        },
      ],
    });
  }
}
