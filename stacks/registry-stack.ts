import { Fn, type IResolvable, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CreatedRegistry } from "../config";
import { assertNever } from "../config/never";
import { DIFFERENCES, sidesOf } from "../config/provider-versions";
import { BLOB_DOMAINS } from "../config/registry-hosts";
import type { RegistrySlice } from "../config/slices";
import { merged } from "../config/text";
import {
  ContainerRegistry,
  type ContainerRegistryProps,
  type CreatedRegistryProps,
  type RegistryReference,
} from "../constructs/container-registry";
import { addBackend } from "./backend";
import { flowsFrom, type Flows } from "./flows";
import { addAzurermProvider } from "./providers";
import { addAttachments } from "./registry-attachments";

/** The registry, its resource group, and what is put on it. Its state holds no secret, unless the admin user is enabled. */
export class RegistryStack extends TerraformStack {
  readonly registry: RegistryReference;
  /** The same, for stacks that are built elsewhere. */
  readonly flows: Flows<keyof RegistryReference>;

  constructor(scope: Construct, id: string, { environment, repositories }: RegistrySlice) {
    super(scope, id);
    addBackend(this, environment.backend);
    addAzurermProvider(this, environment);
    const { azure, backend, registry, tags } = environment;
    const network = registry.kind === "created" ? registry.network : undefined;
    const made = new ContainerRegistry(this, "container-registry", registryProps(environment));
    this.registry = made.reference;
    const { id: registryId, loginServer, name, resourceGroupName } = this.registry;
    this.flows = flowsFrom(this, backend, { id: registryId, loginServer, name, resourceGroupName });
    new TerraformOutput(this, "login_server", {
      value: loginServer,
      description: "Host name of the registry.",
    });
    if (network ?? registry.privateEndpoints) {
      new TerraformOutput(this, "firewall_hosts", {
        value: network?.dataEndpoints
          ? (Fn.concat([[loginServer], made.dataHosts]) as IResolvable)
          : [loginServer, `*.${BLOB_DOMAINS[azure.cloud]}`],
        description: "Hosts that firewalls must let nodes reach: of the registry, and of its layers.",
      });
    }
    addAttachments(this, {
      ...registry,
      ...{ registry: this.registry, location: made.location, repositories },
      tags: registry.kind === "created" ? merged(tags, registry.tags ?? []) : tags,
    });
  }
}

function registryProps({ registry, tags, providers }: RegistrySlice["environment"]): ContainerRegistryProps {
  const { name: resourceGroupName, kind: groupKind } = registry.resourceGroup;
  switch (registry.kind) {
    case "adopted":
      return { kind: "adopted", name: registry.name, resourceGroupName };
    case "created": {
      const [before, after] = DIFFERENCES.replicaRouting.arguments;
      return {
        ...registry,
        ...network(registry),
        endpointArgument: sidesOf(DIFFERENCES.replicaRouting, providers).after ? after : before,
        resourceGroupName,
        adoptGroup: groupKind === "adopted",
        tags: merged(tags, registry.tags ?? []),
      };
    }
    default:
      return assertNever(registry);
  }
}

/** Rules that were there stay where nothing is said of them: an empty list takes them back. */
function network({
  network,
  sku,
}: CreatedRegistry): Pick<CreatedRegistryProps, "allow" | "trustedServices" | "dataEndpoints"> {
  return network ? { ...network, ...(!network.allow && sku === "Premium" && { allow: [] }) } : {};
}
