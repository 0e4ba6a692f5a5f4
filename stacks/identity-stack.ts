import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterConfig, Environment } from "../config";
import type { RegistryReference } from "../constructs/container-registry";
import { ExpiryCheck } from "../constructs/expiry-check";
import { KubeletIdentity } from "../constructs/kubelet-identity";
import { PasswordCredential } from "../constructs/password-credential";
import type { PullCredential } from "../constructs/pull-credential";
import { PullIdentity } from "../constructs/pull-identity";
import { RegistryRole } from "../constructs/registry-role";
import { RegistryToken } from "../constructs/registry-token";
import type { RotatingSecret } from "../constructs/rotating-secret";
import { VaultDelivery } from "../constructs/vault-delivery";
import { addBackend } from "./backend";
import { addAzureadProvider, addAzurermProvider } from "./providers";

export interface IdentityStackProps {
  readonly environment: Environment;
  readonly cluster: ClusterConfig;
  readonly registry: RegistryReference;
  /** What the cluster runs: where rights are by repository it may pull these and nothing else. */
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
    addBackend(this, props.environment.backend);
    addAzurermProvider(this, props.environment);
    const secret = this.addSecret(props);
    this.credential = secret ? this.deliver(secret, props) : this.addKubeletRole(props);
  }

  /** A principal or token with passwords, where the cluster pulls with one. */
  private addSecret({ environment, cluster, registry, repositories }: IdentityStackProps): RotatingSecret | undefined {
    const { servicePrincipal, registryToken } = cluster.pull;
    if (registryToken) {
      return new RegistryToken(this, "registry-token", { ...registryToken, registry, repositories }).secret;
    }
    if (!servicePrincipal) return undefined;
    addAzureadProvider(this, environment);
    return new PullIdentity(this, "pull-identity", {
      displayName: servicePrincipal.name,
      owners: servicePrincipal.owners,
      rotation: servicePrincipal.rotation,
      registryId: registry.id,
      role: servicePrincipal.role,
      repositories: environment.registry.repositoryPermissions ? repositories : undefined,
    }).secret;
  }

  private deliver(secret: RotatingSecret, { environment, cluster }: IdentityStackProps): PullCredential {
    new TerraformOutput(this, "username", { value: secret.username, description: "User name of the pull." });
    new TerraformOutput(this, "expires", {
      value: secret.expires,
      description: "From then on the registry refuses the password that the cluster holds.",
    });
    new TerraformOutput(this, "apply_before", {
      value: secret.applyBefore,
      description: "Apply identity, then workload, again until then.",
    });
    new ExpiryCheck(this, "expiry-check", { deadline: secret, time: "local.time" });
    const { keyVault } = cluster.pull;
    if (!keyVault) return new PasswordCredential(secret);
    return new VaultDelivery(this, "vault-delivery", {
      vault: keyVault,
      secret,
      secretName: this.node.id,
      tags: environment.tags,
    }).credential;
  }

  /** The nodes of the cluster pull by themselves. */
  private addKubeletRole({ environment, cluster, registry, repositories }: IdentityStackProps): PullCredential {
    const { aks, pull } = cluster;
    const principalId =
      pull.managedIdentity?.objectId ??
      // This stack's state then holds the kubeconfig of the cluster; only the kubelet's identity is used.
      new DataAzurermKubernetesCluster(this, "cluster", {
        name: aks?.name ?? "",
        resourceGroupName: aks?.resourceGroup ?? "",
        provider:
          aks?.subscriptionId === undefined
            ? undefined
            : addAzurermProvider(this, environment, { subscriptionId: aks.subscriptionId, alias: "aks" }),
      }).kubeletIdentity.get(0).objectId;
    new RegistryRole(this, "kubelet-role", {
      registryId: registry.id,
      principalId,
      repositories: environment.registry.repositoryPermissions ? repositories : undefined,
    });
    return new KubeletIdentity();
  }
}
