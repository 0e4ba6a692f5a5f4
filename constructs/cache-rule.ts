import { ContainerRegistryCacheRule } from "@cdktf/provider-azurerm/lib/container-registry-cache-rule";
import { Construct } from "constructs";

export interface CacheRuleProps {
  /** Azure resource id of the registry. A change replaces the rule. */
  readonly registryId: string;
  /** Name of the rule. A change replaces it. */
  readonly name: string;
  /** `docker.io/library/nginx`. A change replaces the rule. */
  readonly source: string;
  /** Repository in the registry. A change replaces the rule. */
  readonly repository: string;
  /** Azure resource id of the login to the source. @default - nobody's */
  readonly credentialSetId?: string | undefined;
}

/** Images of another registry that this one fetches on the first pull, and keeps. */
export class CacheRule extends Construct {
  constructor(scope: Construct, id: string, props: CacheRuleProps) {
    super(scope, id);
    const { registryId, name, source, repository, credentialSetId } = props;
    new ContainerRegistryCacheRule(this, "rule", {
      containerRegistryId: registryId,
      name,
      sourceRepo: source,
      targetRepo: repository,
      credentialSetId,
    });
  }
}
