import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterConfig, Environment } from "../config";
import { isInOtherTenant } from "../config/rules";
import { addAzurermProvider, addKubernetesProvider, kubeloginEnvironment } from "./providers";

/** Application that stands for AKS in Entra ID: https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Points the stack's kubernetes provider at the cluster, by kubeconfig context or by AKS cluster and kubelogin. */
export function connectToCluster(scope: Construct, cluster: ClusterConfig, environment: Environment): void {
  const { kubeconfig, aks, pull } = cluster;
  const { azure } = environment;
  if (kubeconfig) {
    // Always a context: with a bad kubeconfig alone the provider only warns, and turns to localhost.
    addKubernetesProvider(scope, environment, { configPath: kubeconfig.path, configContext: kubeconfig.context });
    return;
  }
  if (!aks) throw new Error("a cluster needs kubeconfig or aks");
  const { tenantId = azure.tenantId, subscriptionId } = aks;
  // With a key vault of another tenant, the stack's own provider is the one that reads the vault.
  const alias = pull.keyVault && isInOtherTenant(cluster, azure) ? "aks" : undefined;
  const provider = addAzurermProvider(scope, environment, { tenantId, subscriptionId, alias });
  // This stack's state then holds the kubeconfig of the cluster; only host and CA are used.
  const found = new DataAzurermKubernetesCluster(scope, "cluster", {
    name: aks.name,
    resourceGroupName: aks.resourceGroup,
    provider: alias === undefined ? undefined : provider,
  });
  const access = found.kubeConfig.get(0);
  addKubernetesProvider(scope, environment, {
    host: access.host,
    clusterCaCertificate: Fn.base64decode(access.clusterCaCertificate),
    exec: [
      {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "kubelogin",
        args: [
          "get-token",
          ...["--login", aks.login],
          ...["--server-id", AKS_SERVER_ID],
          ...["--environment", kubeloginEnvironment(azure)],
          ...(tenantId === undefined ? [] : ["--tenant-id", tenantId]),
        ],
      },
    ],
  });
}
