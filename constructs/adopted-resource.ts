import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Lookup } from "../bindings/lookups";
import { requireTerraform } from "./required-terraform";

export interface AdoptedResourceProps {
  /** Stands for the object from then on. */
  readonly resource: TerraformResource;
  /** What the object is, for people: `registry acrdemo2ss`. */
  readonly what: string;
  /** The object: as data find it, or by its id where it has to be there. @param data Name for the data sources. */
  readonly object: (data: string) => Lookup | { readonly id: string };
  /** What must hold of the object as it is, since the plan would replace it otherwise. @default - nothing */
  readonly refusal?: (data: string) => Assertion;
  /** Whether nobody has said that it is there. @default - somebody has, and is warned where it is not */
  readonly maybe?: boolean;
  /** What plans and applies warn of. @default - only of an object that is not there */
  readonly warnings?: (data: string) => readonly Assertion[];
}

/** A condition of Terraform, and what is said where it does not hold. */
export interface Assertion {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * An object that was made by hand becomes the resource's: the next apply imports it where it is there and in no state, and makes
 * it where it is not, so that the block may stay. Nothing destroys or replaces it in the meantime.
 * https://developer.hashicorp.com/terraform/language/block/import
 */
export class AdoptedResource extends TerraformElement {
  private readonly element: object;

  constructor(scope: Construct, id: string, props: AdoptedResourceProps) {
    super(scope, id);
    const { resource, what, object, refusal, maybe, warnings } = props;
    // `for_each` of an import.
    requireTerraform(this, "1.7");
    const data = this.friendlyUniqueId;
    resource.lifecycle = {
      ...resource.lifecycle,
      preventDestroy: true,
      ...(refusal && { precondition: [refusal(data)] }),
    };
    const to = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    const found = object(data);
    if ("id" in found) {
      this.element = { import: [{ id: found.id, to }] };
      return;
    }
    const isThere: Assertion = {
      condition: `\${length(${found.ids}) > 0}`,
      errorMessage: `There is no ${what} to adopt: it is made anew.`,
    };
    this.element = {
      data: found.data,
      import: [{ for_each: `\${toset(${found.ids})}`, id: "${each.value}", to }],
      ...(!maybe && { check: { [data]: { assert: [isThere, ...(warnings?.(data) ?? [])].map(asBlock) } } }),
    };
  }

  override toTerraform(): object {
    return this.element;
  }
}

function asBlock({ condition, errorMessage }: Assertion): object {
  return { condition, error_message: errorMessage };
}
