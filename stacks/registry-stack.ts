import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../config";
import { assertNever } from "../config/never";
import { DIFFERENCES, sidesOf } from "../config/provider-versions";
import { merged } from "../config/text";
import {
  ContainerRegistry,
  type ContainerRegistryProps,
  type RegistryReference,
} from "../constructs/container-registry";
import { addBackend } from "./backend";
import { exportAlways } from "./export-always";
import { addAzurermProvider } from "./providers";

export interface RegistryStackProps {
  readonly environment: Environment;
}

/** The registry and its resource group. Its state holds no secret, unless the admin user is enabled. */
export class RegistryStack extends TerraformStack {
  readonly registry: RegistryReference;

  constructor(scope: Construct, id: string, { environment }: RegistryStackProps) {
    super(scope, id);
    addBackend(this, environment.backend);
    addAzurermProvider(this, environment);
    this.registry = new ContainerRegistry(this, "container-registry", registryProps(environment)).reference;
    const { id: registryId, loginServer, name, resourceGroupName } = this.registry;
    exportAlways(this, [registryId, loginServer, name, resourceGroupName]);
    new TerraformOutput(this, "login_server", {
      value: loginServer,
      description: "Host name of the registry.",
    });
  }
}

function registryProps({ registry, tags, providers }: Environment): ContainerRegistryProps {
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
