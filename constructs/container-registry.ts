import { ContainerRegistry as AzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/container-registry";
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import type { RegistryConfig } from "../config";
import { resourceGroupOf } from "../config/names";

/** How other stacks know the registry. */
export interface RegistryReference {
  /** Azure resource id. */
  readonly id: string;
  /** Host name; not always `<name>.azurecr.io`, so it is never built from the name. */
  readonly loginServer: string;
  readonly name: string;
  readonly resourceGroupName: string;
}

export interface ContainerRegistryProps {
  readonly registry: RegistryConfig;
  /** Tags of the resource group and the registry. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A container registry in its resource group, each created or adopted. */
export class ContainerRegistry extends Construct {
  readonly reference: RegistryReference;

  constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    this.reference = props.registry.existing ? this.adopt(props.registry) : this.create(props);
  }

  private adopt(registry: RegistryConfig): RegistryReference {
    const resourceGroupName = resourceGroupOf(registry).name;
    return new DataAzurermContainerRegistry(this, "registry", { name: registry.name, resourceGroupName });
  }

  private create({ registry, tags }: ContainerRegistryProps): RegistryReference {
    const { location, sku } = registry;
    if (location === undefined || sku === undefined)
      throw new Error(`registry ${registry.name} needs location and sku`);
    const lifecycle = registry.deleteProtection ? { preventDestroy: true } : undefined;
    const allTags = { ...tags, ...registry.tags };
    const { name: groupName, existing } = resourceGroupOf(registry);
    const resourceGroup = existing
      ? new DataAzurermResourceGroup(this, "resource-group", { name: groupName })
      : new ResourceGroup(this, "resource-group", { name: groupName, location, tags: allTags, lifecycle });
    return new AzurermContainerRegistry(this, "registry", {
      name: registry.name,
      resourceGroupName: resourceGroup.name,
      location,
      sku,
      adminEnabled: registry.adminUser ?? false,
      anonymousPullEnabled: registry.anonymousPull,
      publicNetworkAccessEnabled: registry.publicAccess,
      retentionPolicyInDays: registry.retentionDays,
      zoneRedundancyEnabled: registry.zoneRedundancy,
      // The provider wants them in alphabetical order, or every plan shows a change.
      georeplications: registry.georeplications
        ?.toSorted((a, b) => (a.location < b.location ? -1 : 1))
        .map((replica) => ({
          location: replica.location,
          zoneRedundancyEnabled: replica.zoneRedundancy,
          regionalEndpointEnabled: replica.regionalEndpoint,
          tags: allTags,
        })),
      tags: allTags,
      lifecycle,
    });
  }
}
