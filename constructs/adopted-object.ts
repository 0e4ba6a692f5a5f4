import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { objectId, objectLookup, type ObjectOfKind } from "../bindings/lookups";
import { AdoptedResource, type Assertion } from "./adopted-resource";

/**
 * Lets the next apply import an object of Kubernetes that was made by hand. A secret has to be there: to look for it would read its
 * values into the state.
 *
 * @param refusal What must hold of the object, which is `o` there. @default - nothing
 */
export function adoptObject(
  scope: Construct,
  id: string,
  resource: TerraformResource,
  adopted: Omit<ObjectOfKind, "type">,
  refusal?: Assertion,
): void {
  const object = { type: resource.terraformResourceType, ...adopted };
  const { kind, name, namespace } = object;
  new AdoptedResource(scope, id, {
    resource,
    what: `${kind} ${name}${namespace === undefined ? "" : ` in namespace ${namespace}`}`,
    object: (data) => (kind === "Secret" ? { id: objectId(object) } : objectLookup(data, object)),
    ...(refusal && { refusal: (data) => ofObjects(data, refusal) }),
  });
}

/** Of what the data source found, none or one. */
function ofObjects(data: string, { condition, errorMessage }: Assertion): Assertion {
  const objects = `data.kubernetes_resources.${data}.objects`;
  return {
    condition: `\${alltrue([for o in ${objects} : ${condition}])}`,
    errorMessage: errorMessage.replaceAll("@objects", objects),
  };
}
