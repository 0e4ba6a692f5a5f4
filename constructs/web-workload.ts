import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { WorkloadConfig } from "../config";
import { nonEmpty } from "./non-empty";
import { podSpec } from "./restricted-pod";

export interface WebWorkloadProps {
  /** Name of the Deployment and the Service; a change replaces both. */
  readonly name: string;
  /** Value of `app.kubernetes.io/instance`; part of the selector, so that a change replaces the Deployment. */
  readonly instance: string;
  readonly namespace: string;
  /** Image reference that does not move: `<host>/<repository>@sha256:…`. */
  readonly image: string;
  /** For people only: what pods run is the digest. @default - no version label */
  readonly version?: string;
  /** Name of the pull secret in the namespace, as a reference where it is made here. @default - none */
  readonly pullSecretName: string | undefined;
  readonly workload: WorkloadConfig;
}

/** How much longer Terraform waits than Kubernetes, so that the cluster's own verdict on a rollout arrives. */
const TIMEOUT_MARGIN_SECONDS = 120;

/** A Deployment with its Service, and a disruption budget where there is more than one replica. */
export class WebWorkload extends Construct {
  /** Where clients reach it: IP or host name of the load balancer, node port, or DNS name in the cluster. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: WebWorkloadProps) {
    super(scope, id);
    const { name, namespace, workload } = props;
    const selector = { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": props.instance };
    const labels = { ...selector, "app.kubernetes.io/managed-by": "terraform" };
    const deploymentLabels: Record<string, string> = { ...labels };
    if (props.version !== undefined) deploymentLabels["app.kubernetes.io/version"] = props.version;
    const timeout = `${workload.rolloutDeadlineSeconds + TIMEOUT_MARGIN_SECONDS}s`;

    new DeploymentV1(this, "deployment", {
      metadata: { name, namespace, labels: deploymentLabels },
      spec: {
        replicas: String(workload.replicas),
        selector: { matchLabels: selector },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "1", maxUnavailable: "0" } },
        progressDeadlineSeconds: workload.rolloutDeadlineSeconds,
        template: { metadata: { labels }, spec: podSpec({ ...props, selector }) },
      },
      timeouts: { create: timeout, update: timeout },
    });
    const service = new ServiceV1(this, "service", {
      metadata: { name, namespace, labels, annotations: nonEmpty(workload.serviceAnnotations) },
      spec: {
        type: workload.expose,
        selector,
        loadBalancerSourceRanges: workload.allowedSources,
        port: [
          {
            name: "http",
            port: workload.servicePort ?? workload.port,
            targetPort: "http",
            nodePort: workload.nodePort,
          },
        ],
      },
    });
    if (workload.replicas > 1) {
      new PodDisruptionBudgetV1(this, "disruption-budget", {
        metadata: { name, namespace, labels },
        spec: { maxUnavailable: "1", selector: { matchLabels: selector } },
      });
    }
    this.address = addressOf(service, props);
  }
}

function addressOf(service: ServiceV1, { name, namespace, workload }: WebWorkloadProps): string {
  switch (workload.expose) {
    case "LoadBalancer": {
      // Waited for on create only: later it may be missing for a while.
      const ingress = service.status.get(0).loadBalancer.get(0).ingress.get(0);
      return Token.asString(Fn.try([ingress.ip, ingress.hostname, ""]));
    }
    case "NodePort":
      return Fn.tostring(service.spec.port.get(0).nodePort);
    case "ClusterIP":
      return Fn.join(".", [name, namespace, "svc"]);
  }
}
