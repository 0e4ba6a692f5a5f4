import type { Clouds } from "../../clouds";
import { KINDS } from "../../clouds/kubernetes/kinds";
import type { ProviderModel, ResourceModel } from "../../sdk/model";
import { Connection } from "./connection";
import { defaultServiceAccount } from "./default-service-account";
import { deployment } from "./deployment";
import { namespace } from "./namespace";
import { podController } from "./pod-controller";
import { resourceData } from "./resource-data";
import { secret } from "./secret";
import { service } from "./service";
import { storedObject } from "./stored-object";

/** Types whose objects are stored, and nothing follows from them here. */
const STORED = {
  kubernetes_config_map_v1: KINDS.configMap,
  kubernetes_cron_job_v1: KINDS.cronJob,
  kubernetes_horizontal_pod_autoscaler_v2: KINDS.autoscaler,
  kubernetes_ingress_v1: KINDS.ingress,
  kubernetes_limit_range_v1: KINDS.limitRange,
  kubernetes_network_policy_v1: KINDS.networkPolicy,
  kubernetes_persistent_volume_claim_v1: KINDS.persistentVolumeClaim,
  kubernetes_pod_disruption_budget_v1: KINDS.podDisruptionBudget,
  kubernetes_resource_quota_v1: KINDS.resourceQuota,
  kubernetes_role_binding_v1: KINDS.roleBinding,
  kubernetes_role_v1: KINDS.role,
  kubernetes_service_account_v1: KINDS.serviceAccount,
} as const;

export function kubernetes(clouds: Clouds): ProviderModel {
  const connection = new Connection(clouds);
  return {
    configure: (config) => {
      connection.configure(config);
    },
    dataSources: { kubernetes_resource: resourceData(connection) },
    resources: {
      ...storedTypes(connection),
      kubernetes_default_service_account_v1: defaultServiceAccount(connection),
      kubernetes_namespace_v1: namespace(connection),
      kubernetes_secret_v1: secret(connection),
      kubernetes_deployment_v1: deployment(connection),
      kubernetes_service_v1: service(connection),
      kubernetes_stateful_set_v1: podController(connection, {
        ...{ type: "kubernetes_stateful_set_v1", kind: KINDS.statefulSet, waitsBy: "wait_for_rollout" },
        words: (place) => `StatefulSet ${place} is not finished rolling out`,
      }),
      kubernetes_daemon_set_v1: podController(connection, {
        ...{ type: "kubernetes_daemon_set_v1", kind: KINDS.daemonSet, waitsBy: "wait_for_rollout" },
        words: (_, { wanted, ready }) => `waiting for rollout to finish: ${wanted} pods desired; ${ready} pods ready`,
      }),
      kubernetes_job_v1: podController(connection, {
        ...{ type: "kubernetes_job_v1", kind: KINDS.job, waitsBy: "wait_for_completion" },
        words: (place) => `job: ${place} is not in complete state`,
      }),
    },
  };
}

function storedTypes(connection: Connection): Record<string, ResourceModel> {
  return Object.fromEntries(Object.entries(STORED).map(([type, kind]) => [type, storedObject(connection, type, kind)]));
}
