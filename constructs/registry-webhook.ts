import { ContainerRegistryWebhook } from "@cdktf/provider-azurerm/lib/container-registry-webhook";
import { Construct } from "constructs";
import type { TextMap } from "../config/text";
import { literalMap } from "./literal";

export interface RegistryWebhookProps {
  /** Name of the registry. */
  readonly registryName: string;
  /** Its resource group. */
  readonly resourceGroupName: string;
  /** Its Azure location. */
  readonly location: string;
  /** Name of the webhook. A change replaces it. */
  readonly name: string;
  /** Where the registry posts to: it is no secret, for it lies in the state and in the output. */
  readonly uri: string;
  readonly actions: readonly string[];
  /** `repository:tag`, the tag perhaps `*`. @default - all repositories */
  readonly scope?: string | undefined;
  readonly enabled: boolean;
  readonly tags: TextMap;
}

/** Tells somebody of what happens in a registry. */
export class RegistryWebhook extends Construct {
  constructor(scope: Construct, id: string, props: RegistryWebhookProps) {
    super(scope, id);
    const { registryName, resourceGroupName, location, name, uri, actions, enabled, tags } = props;
    new ContainerRegistryWebhook(this, "webhook", {
      ...{ registryName, resourceGroupName, location, name },
      serviceUri: uri,
      actions: [...actions],
      scope: props.scope,
      status: enabled ? "enabled" : "disabled",
      tags: literalMap(tags),
    });
  }
}
