import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { Construct } from "constructs";
import type { TextMap } from "../config/text";
import { literalMap } from "./literal";

export interface RegistryEndpointProps {
  /** Azure resource id of the registry. */
  readonly registryId: string;
  /** Name of the endpoint. A change replaces it. */
  readonly name: string;
  /** Azure resource id of the subnet. A change replaces the endpoint. */
  readonly subnetId: string;
  /** Azure resource ids of the private DNS zones that get its names; none where somebody else keeps them. */
  readonly dnsZoneIds: readonly string[];
  /** Resource group of the endpoint, which exists. */
  readonly resourceGroupName: string;
  /** Of the subnet. */
  readonly location: string;
  readonly tags: TextMap;
}

/** A way into a registry from a virtual network. */
export class RegistryEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: RegistryEndpointProps) {
    super(scope, id);
    const { registryId, name, subnetId, dnsZoneIds, resourceGroupName, location } = props;
    new PrivateEndpoint(this, "endpoint", {
      name,
      resourceGroupName,
      location,
      subnetId,
      privateServiceConnection: {
        name,
        privateConnectionResourceId: registryId,
        subresourceNames: ["registry"],
        isManualConnection: false,
      },
      privateDnsZoneGroup: dnsZoneIds.length > 0 ? { name: "default", privateDnsZoneIds: [...dnsZoneIds] } : undefined,
      tags: literalMap(props.tags),
    });
  }
}
