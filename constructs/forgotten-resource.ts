import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { requireTerraform } from "./required-terraform";

export interface ForgottenResourceProps {
  /** `azurerm_container_registry`. */
  readonly type: string;
  /** Construct that stands where the resource would be made. @default - this one */
  readonly inPlaceOf?: Construct;
}

/**
 * What the stack would make here is somebody else's: where an earlier apply has made it, it is handed over, left as it is and
 * no longer in the state. Otherwise the edit that says so would destroy it.
 * https://developer.hashicorp.com/terraform/language/block/removed
 */
export class ForgottenResource extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ForgottenResourceProps,
  ) {
    super(scope, id);
    requireTerraform(this, "1.7");
  }

  override toTerraform(): object {
    const { type, inPlaceOf = this } = this.props;
    const from = `${type}.${TerraformStack.of(this).getLogicalId(inPlaceOf.node)}`;
    return { removed: [{ from, lifecycle: [{ destroy: false }] }] };
  }
}
