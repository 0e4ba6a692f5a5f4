import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { assertNever } from "../config/never";
import { DIFFERENCES, sidesOf } from "../config/provider-versions";
import type { RegistrySlice } from "../config/slices";
import { merged } from "../config/text";
import {
  ContainerRegistry,
  type ContainerRegistryProps,
  type RegistryReference,
} from "../constructs/container-registry";
import { addBackend } from "./backend";
import { flowsFrom, type Flows } from "./flows";
import { addAzurermProvider } from "./providers";

/** The registry and its resource group. Its state holds no secret, unless the admin user is enabled. */
export class RegistryStack extends TerraformStack {
  readonly registry: RegistryReference;
  /** The same, for stacks that are built elsewhere. */
  readonly flows: Flows<keyof RegistryReference>;

  constructor(scope: Construct, id: string, { environment }: RegistrySlice) {
    super(scope, id);
    addBackend(this, environment.backend);
    addAzurermProvider(this, environment);
    this.registry = new ContainerRegistry(this, "container-registry", registryProps(environment)).reference;
    const { id: registryId, loginServer, name, resourceGroupName } = this.registry;
    this.flows = flowsFrom(this, environment.backend, { id: registryId, loginServer, name, resourceGroupName });
    new TerraformOutput(this, "login_server", {
      value: loginServer,
      description: "Host name of the registry.",
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
