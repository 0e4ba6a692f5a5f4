import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { AzureConfig, ClusterConfig } from "../config";
import { addAzurermProvider, kubeloginEnvironment } from "./providers";

/** Application that stands for AKS in Entra ID: https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Points the stack's kubernetes provider at the cluster, by kubeconfig context or by AKS cluster and kubelogin. */
export function connectToCluster(scope: Construct, { kubeconfig, aks }: ClusterConfig, azure: AzureConfig): void {
  if (kubeconfig) {
    // Always a context: with a bad kubeconfig alone the provider only warns, and turns to localhost.
    new KubernetesProvider(scope, "kubernetes", { configPath: kubeconfig.path, configContext: kubeconfig.context });
    return;
  }
  if (!aks) throw new Error("a cluster needs kubeconfig or aks");
  addAzurermProvider(scope, azure, { subscriptionId: aks.subscriptionId });
  // This stack's state then holds the kubeconfig of the cluster; only host and CA are used.
  const cluster = new DataAzurermKubernetesCluster(scope, "cluster", {
    name: aks.name,
    resourceGroupName: aks.resourceGroup,
  });
  const access = cluster.kubeConfig.get(0);
  new KubernetesProvider(scope, "kubernetes", {
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
          ...(azure.tenantId === undefined ? [] : ["--tenant-id", azure.tenantId]),
        ],
      },
    ],
  });
}
