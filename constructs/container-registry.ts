import { ContainerRegistry as AzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/container-registry";
import { DataAzurermContainerRegistry } from "@cdktf/provider-azurerm/lib/data-azurerm-container-registry";
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import { armLookup, groupLookup } from "../bindings/lookups";
import type { TextMap } from "../config/text";
import { AdoptedResource, type Assertion } from "./adopted-resource";
import { ForgottenResource } from "./forgotten-resource";
import { literalMap } from "./literal";

/** How other stacks know the registry. */
export interface RegistryReference {
  /** Azure resource id. */
  readonly id: string;
  /** Host name; not always `<name>.azurecr.io`, so it is never built from the name. */
  readonly loginServer: string;
  readonly name: string;
  readonly resourceGroupName: string;
}

export type ContainerRegistryProps = AdoptedRegistryProps | CreatedRegistryProps;

/** A registry that somebody else made. */
export interface AdoptedRegistryProps {
  readonly kind: "adopted";
  readonly name: string;
  readonly resourceGroupName: string;
}

/** A registry to make. */
export interface CreatedRegistryProps {
  readonly kind: "created";
  /** Name, unique in all of Azure. A change replaces the registry. */
  readonly name: string;
  readonly resourceGroupName: string;
  /** Whether the resource group is somebody else's. */
  readonly adoptGroup: boolean;
  /** Azure location of the registry, and of its group where that is created. A change replaces both. */
  readonly location: string;
  readonly sku: "Basic" | "Standard" | "Premium";
  /** One shared password for push and pull, which lies in the state. @default false */
  readonly adminUser?: boolean | undefined;
  /** Pulls without credentials; needs Standard or Premium. @default - the provider's: false */
  readonly anonymousPull?: boolean | undefined;
  /** Reachable from the internet; false needs Premium. @default - the provider's: true */
  readonly publicAccess?: boolean | undefined;
  /** Public ranges that alone are let in, in CIDR notation; none lets everyone in again. Premium. @default - as the registry has it */
  readonly allow?: readonly string[] | undefined;
  /** Let trusted services of Azure in all the same; false needs Premium. @default - the provider's: true */
  readonly trustedServices?: boolean | undefined;
  /** Hosts of its own for layers; Premium. @default - the provider's: false */
  readonly dataEndpoints?: boolean | undefined;
  /** Whether images may be exported; false needs Premium and no public access. @default - the provider's: true */
  readonly exportPolicy?: boolean | undefined;
  /** Hold back what is pushed until it is released; Premium. @default - the provider's: false */
  readonly quarantine?: boolean | undefined;
  /** Premium. @default - the provider's: false */
  readonly contentTrust?: boolean | undefined;
  /** Key of a vault that encrypts it, and the identity that may use it; Premium. @default - a key of Azure's */
  readonly customerManagedKey?: CustomerManagedKey | undefined;
  /** Grant by repository, and ignore AcrPull: azurerm 5 or later. @default - the provider's: false */
  readonly repositoryPermissions?: boolean | undefined;
  /** Days until an untagged manifest is purged; Premium. @default - never */
  readonly retentionDays?: number | undefined;
  /** Premium. A change replaces the registry. @default - the provider's: false */
  readonly zoneRedundancy?: boolean | undefined;
  /** Further locations; Premium. @default - none */
  readonly georeplications?: readonly Replica[] | undefined;
  /** What the provider calls a replica's endpoint of its own: majors differ. @default "regional_endpoint_enabled" */
  readonly endpointArgument?: "regional_endpoint_enabled" | "global_endpoint_routing_enabled" | undefined;
  /** Refuse every plan that would destroy the registry or its group. @default false */
  readonly deleteProtection?: boolean | undefined;
  /** Made by hand, and so is the group where it is not somebody else's: the next apply imports them. @default false */
  readonly adopt?: boolean | undefined;
  /** Of the resource group and the registry. */
  readonly tags: TextMap;
}

export interface Replica {
  /** Azure location. */
  readonly location: string;
  readonly zoneRedundancy: boolean;
  /** Give it an endpoint of its own. */
  readonly regionalEndpoint: boolean;
}

export interface CustomerManagedKey {
  /** `https://<vault>.vault.azure.net/keys/<name>`, with a version or without. */
  readonly keyId: string;
  /** Of a user-assigned identity that exists. */
  readonly identity: { readonly name: string; readonly resourceGroup: string };
}

/** A container registry in its resource group, each created or adopted. */
export class ContainerRegistry extends Construct {
  readonly reference: RegistryReference;
  /** Azure location. */
  readonly location: string;
  /** Hosts of layers where it has some of its own; empty where nothing is known. */
  readonly dataHosts: string[];

  constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    const registry = props.kind === "adopted" ? this.adopt(props) : this.create(props);
    this.reference = registry;
    this.location = registry.location;
    this.dataHosts = registry.dataEndpointHostNames;
  }

  private adopt({ name, resourceGroupName }: AdoptedRegistryProps): DataAzurermContainerRegistry {
    const registry = new DataAzurermContainerRegistry(this, "registry", { name, resourceGroupName });
    const type = AzurermContainerRegistry.tfResourceType;
    new ForgottenResource(this, "handed-over", { type, inPlaceOf: registry });
    new ForgottenResource(this, "resource-group", { type: ResourceGroup.tfResourceType });
    return registry;
  }

  private create(props: CreatedRegistryProps): AzurermContainerRegistry {
    const { name, resourceGroupName: groupName, location } = props;
    const tags = literalMap(props.tags);
    const lifecycle = props.deleteProtection ? { preventDestroy: true } : undefined;
    const resourceGroup = props.adoptGroup
      ? this.adoptGroup(groupName)
      : new ResourceGroup(this, "resource-group", { name: groupName, location, tags, lifecycle });
    // The provider wants them in alphabetical order, or every plan shows a change.
    const replicas = props.georeplications?.toSorted((a, b) => (a.location < b.location ? -1 : 1));
    const { endpointArgument = "regional_endpoint_enabled" } = props;
    const isInBindings = endpointArgument === "regional_endpoint_enabled";
    const registry = new AzurermContainerRegistry(this, "registry", {
      name,
      resourceGroupName: resourceGroup.name,
      location,
      sku: props.sku,
      adminEnabled: props.adminUser ?? false,
      anonymousPullEnabled: props.anonymousPull,
      publicNetworkAccessEnabled: props.publicAccess,
      networkRuleSet: props.allow && [networkRules(props.allow)],
      networkRuleBypassOption: props.trustedServices === undefined ? undefined : bypass(props.trustedServices),
      dataEndpointEnabled: props.dataEndpoints,
      exportPolicyEnabled: props.exportPolicy,
      quarantinePolicyEnabled: props.quarantine,
      trustPolicyEnabled: props.contentTrust,
      ...(props.customerManagedKey && this.encryption(props.customerManagedKey)),
      retentionPolicyInDays: props.retentionDays,
      zoneRedundancyEnabled: props.zoneRedundancy,
      georeplications: isInBindings
        ? replicas?.map((replica) => ({
            location: replica.location,
            zoneRedundancyEnabled: replica.zoneRedundancy,
            regionalEndpointEnabled: replica.regionalEndpoint,
            tags,
          }))
        : undefined,
      tags,
      lifecycle,
    });
    if (props.adopt) this.import(props, registry, resourceGroup);
    // The bindings are older than this.
    if (props.repositoryPermissions) registry.addOverride("role_assignment_mode", "AbacRepositoryPermissions");
    if (replicas && !isInBindings) {
      registry.addOverride(
        "georeplications",
        replicas.map((replica) => ({
          location: replica.location,
          zone_redundancy_enabled: replica.zoneRedundancy,
          [endpointArgument]: replica.regionalEndpoint,
          tags,
        })),
      );
    }
    return registry;
  }

  private import(
    { name, resourceGroupName, location }: CreatedRegistryProps,
    registry: AzurermContainerRegistry,
    group: ResourceGroup | DataAzurermResourceGroup,
  ): void {
    const object = { type: "Microsoft.ContainerRegistry/registries", name, resourceGroup: resourceGroupName };
    new AdoptedResource(this, "adopted-registry", {
      resource: registry,
      what: `registry ${name} in resource group ${resourceGroupName}`,
      object: (data) => armLookup(data, object),
      refusal: (data) => locationRefusal(data, name, location),
    });
    if (!(group instanceof ResourceGroup)) return;
    new AdoptedResource(this, "adopted-group", {
      resource: group,
      what: `resource group ${resourceGroupName} with the registry ${name}`,
      object: (data) => groupLookup(data, object),
      refusal: (data) => ({
        condition: `\${alltrue([for g in data.azurerm_resource_group.${data} : g.location == "${location}"])}`,
        errorMessage: `registry.resourceGroup must be { name: ${resourceGroupName}, existing: true }: the group lies in another location than the registry, which would replace it.`,
      }),
    });
  }

  private encryption({ keyId, identity }: CustomerManagedKey) {
    const { name, resourceGroup: resourceGroupName } = identity;
    const found = new DataAzurermUserAssignedIdentity(this, "key-identity", { name, resourceGroupName });
    return {
      identity: { type: "UserAssigned", identityIds: [found.id] },
      encryption: [{ keyVaultKeyId: keyId, identityClientId: found.clientId }],
    };
  }

  private adoptGroup(name: string): DataAzurermResourceGroup {
    const group = new DataAzurermResourceGroup(this, "resource-group", { name });
    new ForgottenResource(this, "handed-over-group", { type: ResourceGroup.tfResourceType, inPlaceOf: group });
    return group;
  }
}

/** @param data Name of the data source that finds the registry. */
function locationRefusal(data: string, name: string, location: string): Assertion {
  const own = `[for r in data.azurerm_resources.${data}.resources : r.location if lower(r.name) == "${name.toLowerCase()}"]`;
  return {
    condition: `\${alltrue([for l in ${own} : l == "${location}"])}`,
    errorMessage: `registry.location must be \${join(", ", ${own})}: ${name} lies there, and another location would replace it.`,
  };
}

/** Said in full, since what is left out of the rules stays as it was. */
function networkRules(allow: readonly string[]) {
  return {
    defaultAction: allow.length > 0 ? "Deny" : "Allow",
    ipRule: allow.map((ipRange) => ({ action: "Allow", ipRange })),
  };
}

function bypass(trustedServices: boolean): string {
  return trustedServices ? "AzureServices" : "None";
}
