import type { Clouds } from "../../clouds";
import type { ProviderModel } from "../../sdk/model";
import { Connection } from "./connection";
import { deployment } from "./deployment";
import { namespace } from "./namespace";
import { podDisruptionBudget } from "./pod-disruption-budget";
import { resourceData } from "./resource-data";
import { secret } from "./secret";
import { service } from "./service";

export function kubernetes(clouds: Clouds): ProviderModel {
  const connection = new Connection(clouds);
  return {
    configure: (config) => {
      connection.configure(config);
    },
    dataSources: { kubernetes_resource: resourceData(connection) },
    resources: {
      kubernetes_namespace_v1: namespace(connection),
      kubernetes_secret_v1: secret(connection),
      kubernetes_deployment_v1: deployment(connection),
      kubernetes_service_v1: service(connection),
      kubernetes_pod_disruption_budget_v1: podDisruptionBudget(connection),
    },
  };
}
