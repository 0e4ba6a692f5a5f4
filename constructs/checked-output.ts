import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

export interface CheckedOutputProps {
  /** Name of the output. */
  readonly name: string;
  readonly value: string | number;
  readonly description: string;
  /** Expression, in `${…}`. Plans and applies fail where it is false, and destroys do not. */
  readonly condition: string;
  /** Template of what they say then. */
  readonly errorMessage: string;
}

/** An output with a precondition, which cdktf's own takes and leaves out. */
export class CheckedOutput extends TerraformOutput {
  constructor(scope: Construct, id: string, props: CheckedOutputProps) {
    const { name, value, description, condition, errorMessage } = props;
    super(scope, id, { value, description });
    this.overrideLogicalId(name);
    this.addOverride("precondition", { condition, error_message: errorMessage });
  }
}
