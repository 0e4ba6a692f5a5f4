import type { Azure } from "../config";
import { textOf } from "../config/text";
import { assertNever } from "../config/never";
import { AzureApi } from "./azure/azure-api";
import { Operator } from "./azure/operator";
import { Kubernetes } from "./cluster/kubernetes";
import { NoCluster } from "./cluster/no-cluster";
import type { ExpectedCluster } from "./expected";
import { HttpClient, type Routes } from "./http";

/** Ways to what is asked. */
export class Live {
  readonly http: HttpClient;
  readonly operator: Operator;
  readonly azure: AzureApi;
  private readonly clusters = new Map<string, Promise<Kubernetes>>();

  constructor(azure: Azure, { routes, variables }: { readonly routes: Routes; readonly variables: NodeJS.ProcessEnv }) {
    this.http = new HttpClient(routes);
    this.operator = new Operator(azure, variables);
    this.azure = new AzureApi(this.http, this.operator, azure, variables);
  }

  /** @throws {NoCluster} Where it cannot be asked. @throws {NotAllowed} Where Azure does not tell where it is. */
  cluster(expected: ExpectedCluster): Promise<Kubernetes> {
    const cluster = this.clusters.get(expected.key) ?? this.connect(expected);
    this.clusters.set(expected.key, cluster);
    return cluster;
  }

  close(): void {
    this.http.close();
  }

  private async connect({ connection }: ExpectedCluster): Promise<Kubernetes> {
    switch (connection.kind) {
      case "kubeconfig":
        return Kubernetes.connect(this.http, { path: textOf(connection.path), context: textOf(connection.context) });
      case "aks": {
        const kubeconfig = await this.azure.kubeconfig(connection);
        if (kubeconfig === undefined)
          throw new NoCluster(
            "cluster-missing",
            `there is no AKS cluster ${connection.name} in ${connection.resourceGroup}`,
          );
        return Kubernetes.from(this.http, kubeconfig, { name: `AKS cluster ${connection.name}` });
      }
      default:
        return assertNever(connection);
    }
  }
}
