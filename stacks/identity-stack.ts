import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment, ServicePrincipalConfig } from "../config";
import type { RegistryReference } from "../constructs/container-registry";
import type { PullCredential } from "../constructs/pull-credential";
import { PullIdentity } from "../constructs/pull-identity";
import { repositoryCondition } from "../constructs/repository-condition";
import { addBackend } from "./backend";
import { addAzureadProvider, addAzurermProvider } from "./providers";

export interface IdentityStackProps {
  readonly environment: Environment;
  readonly servicePrincipal: ServicePrincipalConfig;
  readonly registry: RegistryReference;
  /** What the cluster runs: with repository permissions it may pull these and nothing else. */
  readonly repositories: readonly string[];
}

/**
 * The identity of one cluster. Its state holds all password slots; the state of whoever reads it, the active one.
 * One stack a cluster, because a consumer's state copies every output: a compromised cluster exposes its own password only.
 */
export class IdentityStack extends TerraformStack {
  readonly credential: PullCredential;

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id);
    const { environment, servicePrincipal, registry, repositories } = props;
    addBackend(this, environment.backend);
    addAzurermProvider(this, environment.azure);
    addAzureadProvider(this, environment.azure);

    const perRepository = environment.registry.repositoryPermissions;
    this.credential = new PullIdentity(this, "pull-identity", {
      displayName: servicePrincipal.name,
      owners: servicePrincipal.owners,
      registryId: registry.id,
      role: servicePrincipal.role ?? (perRepository ? "Container Registry Repository Reader" : "AcrPull"),
      condition: perRepository ? repositoryCondition(repositories) : undefined,
      rotation: servicePrincipal.rotation,
    }).credential;

    new TerraformOutput(this, "client_id", { value: this.credential.username, description: "User name of the pull." });
    new TerraformOutput(this, "expires", {
      value: this.credential.expires,
      description: "From then on the registry refuses the password that the cluster holds.",
    });
    new TerraformOutput(this, "apply_before", {
      value: this.credential.applyBefore,
      description: "Apply identity, then workload, again until then.",
    });
  }
}
