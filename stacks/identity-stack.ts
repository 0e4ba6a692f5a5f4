import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { TerraformOutput, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Aks, Delivery, Federated, ManagedIdentity, NodesIdentity, ServicePrincipal, Trust } from "../config";
import { assertNever } from "../config/never";
import type { IdentitySlice } from "../config/slices";
import { TOKEN_AUDIENCES } from "../config/token-audience";
import type { RegistryReference } from "../constructs/container-registry";
import { ExpiryCheck } from "../constructs/expiry-check";
import { FederatedCredential } from "../constructs/federated-credential";
import { FederatedIdentity } from "../constructs/federated-identity";
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

export interface IdentityStackProps extends IdentitySlice {
  readonly registry: RegistryReference;
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
    // Both, whatever the method: the state may hold what another one made, and Terraform needs no provider that it does not use.
    addAzureadProvider(this, props.environment);
    addAzurermProvider(this, props.environment);
    this.credential = this.addCredential(props);
  }

  private addCredential(props: IdentityStackProps): PullCredential {
    const { pull } = props;
    switch (pull.kind) {
      case "servicePrincipal":
        return this.deliver(this.addPrincipal(pull, props), pull.delivery, props);
      case "registryToken": {
        const { registry, repositories } = props;
        const { name, rotation, delivery } = pull;
        const token = new RegistryToken(this, "registry-token", { name, rotation, registry, repositories });
        return this.deliver(token.secret, delivery, props);
      }
      case "federated":
        return this.addFederation(pull, props);
      case "managedIdentity":
        return this.addKubeletRole(pull, props);
      default:
        return assertNever(pull);
    }
  }

  private addPrincipal(pull: ServicePrincipal, props: IdentityStackProps): RotatingSecret {
    return new PullIdentity(this, "pull-identity", {
      displayName: pull.name,
      owners: pull.owners,
      rotation: pull.rotation,
      role: pull.role,
      registryId: props.registry.id,
      repositories: onlyRepositories(props),
      adopt: pull.adopt?.clientId,
    }).secret;
  }

  private deliver(secret: RotatingSecret, delivery: Delivery, { environment }: IdentityStackProps): PullCredential {
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
    switch (delivery.kind) {
      case "state":
        return new PasswordCredential(secret);
      case "keyVault":
        return new VaultDelivery(this, "vault-delivery", {
          vault: delivery.vault,
          secret,
          secretName: this.node.id,
          tags: environment.tags,
        }).credential;
      default:
        return assertNever(delivery);
    }
  }

  /** The cluster's own service account tokens are trusted. */
  private addFederation(pull: Federated, props: IdentityStackProps): PullCredential {
    const { registry, environment, repositories, namespaces = [] } = props;
    const { controller, serviceAccount } = pull;
    const { clientId, tenantId } = new FederatedIdentity(this, "pull-identity", {
      displayName: pull.name,
      owners: pull.owners,
      role: pull.role,
      registryId: registry.id,
      repositories: onlyRepositories(props),
      adopt: pull.adopt?.clientId,
      issuer: this.issuerOf(pull.trust, props),
      audience: TOKEN_AUDIENCES[controller],
      namespaces,
      serviceAccount,
      passwords: pull.formerly?.rotation,
    });
    new TerraformOutput(this, "client_id", { value: clientId, description: "Client id of the application." });
    new TerraformOutput(this, "tenant_id", { value: tenantId, description: "Tenant of the application." });
    const { cloud } = environment.azure;
    return new FederatedCredential({ clientId, tenantId, controller, serviceAccount, cloud, repositories });
  }

  private issuerOf(trust: Trust, props: IdentityStackProps): string {
    switch (trust.kind) {
      case "known":
        return trust.issuer;
      case "lookedUp":
        return this.lookUp(trust.aks, props, {
          condition: "${self.oidc_issuer_enabled}",
          errorMessage: `The AKS cluster ${trust.aks.name} has no OIDC issuer: az aks update --name ${trust.aks.name} --resource-group ${trust.aks.resourceGroup} --enable-oidc-issuer`,
        }).oidcIssuerUrl;
      default:
        return assertNever(trust);
    }
  }

  /** The nodes of the cluster pull by themselves. */
  private addKubeletRole({ identity, adopt }: ManagedIdentity, props: IdentityStackProps): PullCredential {
    const principalId = this.objectIdOf(identity, props);
    new RegistryRole(this, "kubelet-role", {
      registryId: props.registry.id,
      principalId,
      repositories: onlyRepositories(props),
      adopt: adopt ? { of: "the nodes", principals: listOf(principalId) } : undefined,
    });
    return new KubeletIdentity();
  }

  private objectIdOf(identity: NodesIdentity, props: IdentityStackProps): string {
    switch (identity.kind) {
      case "known":
        return identity.objectId;
      case "lookedUp":
        return this.lookUp(identity.aks, props).kubeletIdentity.get(0).objectId;
      default:
        return assertNever(identity);
    }
  }

  /** @param check What has to hold of the cluster. @default - nothing */
  private lookUp(
    { name, resourceGroup: resourceGroupName, subscriptionId }: Aks,
    { environment }: IdentityStackProps,
    check?: { readonly condition: string; readonly errorMessage: string },
  ): DataAzurermKubernetesCluster {
    const provider =
      subscriptionId === undefined
        ? undefined
        : addAzurermProvider(this, environment, { subscriptionId, alias: "aks" });
    const lifecycle = check && { postcondition: [check] };
    // This stack's state then holds the kubeconfig of the cluster; only its identity or its issuer is used.
    return new DataAzurermKubernetesCluster(this, "cluster", { name, resourceGroupName, provider, lifecycle });
  }
}

/** The only repositories that a role may read, where the registry grants by repository. */
function onlyRepositories({ grantsByRepository, repositories }: IdentityStackProps): readonly string[] | undefined {
  return grantsByRepository ? repositories : undefined;
}

/** An expression of Terraform. */
function listOf(objectId: string): string {
  return Token.isUnresolved(objectId) ? `[${objectId}]` : JSON.stringify([objectId]);
}
