import type { Clouds } from "../../clouds";
import { KINDS } from "../../clouds/kubernetes/kinds";
import type { ServiceAccount } from "../../clouds/kubernetes/service-accounts";
import type { ProviderModel, ResourceModel } from "../../sdk/model";
import { Connection } from "./connection";
import { defaultServiceAccount } from "./default-service-account";
import { deployment } from "./deployment";
import { manifest } from "./manifest";
import { namespace } from "./namespace";
import { podController } from "./pod-controller";
import { resourceData, resourcesData } from "./resource-data";
import { secret } from "./secret";
import { service } from "./service";
import { storedObject } from "./stored-object";

/** Types whose objects are stored, and nothing follows from them here. */
const STORED = {
  kubernetes_api_service_v1: KINDS.apiService,
  kubernetes_cluster_role_binding_v1: KINDS.clusterRoleBinding,
  kubernetes_cluster_role_v1: KINDS.clusterRole,
  kubernetes_config_map_v1: KINDS.configMap,
  kubernetes_csi_driver_v1: KINDS.csiDriver,
  kubernetes_endpoint_slice_v1: KINDS.endpointSlice,
  kubernetes_endpoints_v1: KINDS.endpoints,
  kubernetes_horizontal_pod_autoscaler_v1: KINDS.autoscaler,
  kubernetes_horizontal_pod_autoscaler_v2: KINDS.autoscaler,
  kubernetes_ingress_class_v1: KINDS.ingressClass,
  kubernetes_ingress_v1: KINDS.ingress,
  kubernetes_limit_range_v1: KINDS.limitRange,
  kubernetes_mutating_webhook_configuration_v1: KINDS.mutatingWebhooks,
  kubernetes_network_policy_v1: KINDS.networkPolicy,
  kubernetes_persistent_volume_claim_v1: KINDS.persistentVolumeClaim,
  kubernetes_persistent_volume_v1: KINDS.persistentVolume,
  kubernetes_pod_disruption_budget_v1: KINDS.podDisruptionBudget,
  kubernetes_priority_class_v1: KINDS.priorityClass,
  kubernetes_resource_quota_v1: KINDS.resourceQuota,
  kubernetes_role_binding_v1: KINDS.roleBinding,
  kubernetes_role_v1: KINDS.role,
  kubernetes_runtime_class_v1: KINDS.runtimeClass,
  kubernetes_storage_class_v1: KINDS.storageClass,
  kubernetes_validating_webhook_configuration_v1: KINDS.validatingWebhooks,
} as const;

export function kubernetes(clouds: Clouds): ProviderModel {
  const connection = new Connection(clouds);
  return {
    configure: (config) => {
      connection.configure(config);
    },
    dataSources: { kubernetes_resource: resourceData(connection), kubernetes_resources: resourcesData(connection) },
    planningResources: { kubernetes_manifest: manifest(connection) },
    resources: {
      ...storedTypes(connection),
      kubernetes_service_account_v1: storedObject(connection, "kubernetes_service_account_v1", KINDS.serviceAccount, {
        reads: ({ imagePullSecrets = [] }: ServiceAccount) => ({ image_pull_secret: [...imagePullSecrets] }),
      }),
      kubernetes_default_service_account_v1: defaultServiceAccount(connection),
      kubernetes_namespace_v1: namespace(connection),
      kubernetes_secret_v1: secret(connection),
      kubernetes_deployment_v1: deployment(connection),
      kubernetes_service_v1: service(connection),
      kubernetes_stateful_set_v1: podController(connection, {
        ...{ type: "kubernetes_stateful_set_v1", kind: KINDS.statefulSet, waits: { by: "wait_for_rollout" } },
        words: (place) => `StatefulSet ${place} is not finished rolling out`,
      }),
      kubernetes_daemon_set_v1: podController(connection, {
        ...{ type: "kubernetes_daemon_set_v1", kind: KINDS.daemonSet, waits: { by: "wait_for_rollout" } },
        words: (_, { wanted, ready }) => `waiting for rollout to finish: ${wanted} pods desired; ${ready} pods ready`,
      }),
      kubernetes_job_v1: podController(connection, {
        ...{ type: "kubernetes_job_v1", kind: KINDS.job, waits: { by: "wait_for_completion" } },
        words: (place) => `job: ${place} is not in complete state`,
      }),
      kubernetes_cron_job_v1: podController(connection, {
        ...{ type: "kubernetes_cron_job_v1", kind: KINDS.cronJob, waits: "never" },
        words: (place) => `cron job ${place}`,
      }),
      kubernetes_replication_controller_v1: podController(connection, {
        ...{ type: "kubernetes_replication_controller_v1", kind: KINDS.replicationController, waits: "always" },
        words: (place, { wanted, ready }) => `Waiting for ${wanted} replicas of "${place}" to be scheduled (${ready})`,
      }),
      kubernetes_pod_v1: podController(connection, {
        ...{ type: "kubernetes_pod_v1", kind: KINDS.pod, waits: "always" },
        words: () => "timeout while waiting for state to become 'Running' (last state: 'Pending', timeout: 5m0s)",
      }),
    },
  };
}

function storedTypes(connection: Connection): Record<string, ResourceModel> {
  return Object.fromEntries(Object.entries(STORED).map(([type, kind]) => [type, storedObject(connection, type, kind)]));
}
