import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

export interface KubernetesObjectProps {
  /** `kubernetes_deployment_v1`: a change is another resource. */
  readonly type: string;
  /** Values of Terraform JSON, by the names of arguments and blocks. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What has to be there before it. @default - nothing */
  readonly after?: readonly TerraformResource[];
  /** Arguments that others change, as Terraform's `ignore_changes` has them. @default - none */
  readonly ignored?: readonly string[];
}

/** An object of a cluster, of whatever kind the provider has a resource for. */
export class KubernetesObject extends TerraformResource {
  /** Reference to the object's name, so that what uses it waits for it. */
  readonly objectName: string;

  private readonly values: KubernetesObjectProps["arguments"];

  constructor(
    scope: Construct,
    id: string,
    { type, arguments: values, after = [], ignored = [] }: KubernetesObjectProps,
  ) {
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: "kubernetes" },
      dependsOn: [...after],
      ...(ignored.length > 0 && { lifecycle: { ignoreChanges: [...ignored] } }),
    });
    this.values = values;
    this.objectName = this.interpolationForAttribute("metadata[0].name").toString();
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.values };
  }
}
