import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Fn, Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Texts } from "../config/text";
import { adoptObject } from "./adopted-object";
import type { Assertion } from "./adopted-resource";
import { literal, literals } from "./literal";
import { labelValue } from "./label-value";
import { nonEmpty } from "./non-empty";
import type { PodOptions } from "./pod-options";
import { isSeveral, podSpec } from "./restricted-pod";
import { RolloutCheck } from "./rollout-check";

export interface WebWorkloadProps extends PodOptions {
  /** Name of the Deployment, the Service and the container; a change replaces both. */
  readonly name: string;
  /** Deployment and Service that were made by hand. @default - they are made here, by `name` */
  readonly handMade?: HandMadeWorkload | undefined;
  /** Value of `app.kubernetes.io/instance`; part of the selector, so that a change replaces the Deployment. */
  readonly instance: string;
  readonly namespace: string;
  /** A tag, for people only: what pods run is the digest. Its label is cut to what labels may hold. @default - no label */
  readonly version?: string;
  /** Type of the Service. */
  readonly expose: "ClusterIP" | "NodePort" | "LoadBalancer";
  /** Port of the Service. @default - `port` */
  readonly servicePort?: number | undefined;
  /** With `NodePort`. @default - chosen by the cluster */
  readonly nodePort?: number | undefined;
  /** What its pods need beside it, such as the pull secret. */
  readonly needs: readonly ITerraformDependable[];
  /** With `LoadBalancer`: IPv4 ranges in CIDR notation. @default - everyone */
  readonly allowedSources?: readonly string[] | undefined;
  /** With `LoadBalancer`: fail where a new Service has no address in time. @default true */
  readonly waitForLoadBalancer?: boolean | undefined;
  /** With `LoadBalancer`: how long that is. @default - the provider's: 600 */
  readonly loadBalancerTimeoutSeconds?: number | undefined;
  readonly serviceAnnotations: Texts;
  /** @default - none */
  readonly podAnnotations?: Texts | undefined;
  /** Seconds after which a rollout without progress has failed. */
  readonly rolloutDeadlineSeconds: number;
}

/** What keeps the names and the selector that somebody gave it: another selector would replace the Deployment. */
export interface HandMadeWorkload {
  /** Name of the Deployment. */
  readonly deployment: string;
  /** Name of the Service. */
  readonly service: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Plain name of the namespace in which the next apply imports them. @default - they are in the state already */
  readonly adoptIn?: string | undefined;
}

type Labels = Record<string, string>;

/** What is ignored as a whole cannot be changed either. */
const ANNOTATIONS = "spec[0].template[0].metadata[0].annotations";
/** Left by `kubectl rollout restart`. */
const RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

/** How much longer Terraform waits than Kubernetes, so that the cluster's own verdict on a rollout arrives. */
const TIMEOUT_MARGIN_SECONDS = 120;

/** A Deployment with its Service where it listens on a port, and a disruption budget where there is more than one replica. */
export class WebWorkload extends Construct {
  /** Where clients reach it: IP or host name of the load balancer, node port, or DNS name in the cluster. @default - it has no port */
  readonly address: string | undefined;

  constructor(scope: Construct, id: string, props: WebWorkloadProps) {
    super(scope, id);
    const { namespace, handMade } = props;
    const { deployment: name = props.name } = handMade ?? {};
    const own = { "app.kubernetes.io/name": props.name, "app.kubernetes.io/instance": props.instance };
    const selector: Labels = { ...(handMade?.selector ?? own) };
    const labels = handMade
      ? { ...own, "app.kubernetes.io/managed-by": "terraform", ...selector }
      : { ...selector, "app.kubernetes.io/managed-by": "terraform" };
    const deploymentLabels: Record<string, string> = { ...labels };
    const version = labelValue(props.version ?? "");
    if (version !== "") deploymentLabels["app.kubernetes.io/version"] = version;
    const annotations = podAnnotations(props);
    const timeout = `${props.rolloutDeadlineSeconds + TIMEOUT_MARGIN_SECONDS}s`;

    const deployment = new DeploymentV1(this, "deployment", {
      metadata: { name, namespace, labels: deploymentLabels },
      spec: {
        // Left out, the provider keeps what there is.
        replicas: props.replicas === "auto" ? undefined : String(props.replicas),
        selector: { matchLabels: selector },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "1", maxUnavailable: "0" } },
        progressDeadlineSeconds: props.rolloutDeadlineSeconds,
        template: { metadata: { labels, annotations }, spec: podSpec({ ...props, selector }) },
      },
      timeouts: { create: timeout, update: timeout },
      // Whoever restarts the pods leaves one: taking it away would restart them again.
      lifecycle: { ignoreChanges: [annotations ? `${ANNOTATIONS}["${RESTARTED_AT}"]` : ANNOTATIONS] },
    });
    if (handMade?.adoptIn !== undefined) {
      const object = { apiVersion: "apps/v1", kind: "Deployment", name, namespace: handMade.adoptIn };
      adoptObject(this, "adopted-deployment", deployment, object, selectorRefusal(props.name, selector));
    }
    const { replicas, needs } = props;
    new RolloutCheck(this, "rollout", { workload: props.name, name, namespace, replicas, deployment, needs });
    this.address =
      props.port === undefined ? undefined : this.serve(props.port, { labels, selector, deployment }, props);
    if (isSeveral(props.replicas)) {
      new PodDisruptionBudgetV1(this, "disruption-budget", {
        metadata: { name, namespace, labels },
        spec: { maxUnavailable: "1", selector: { matchLabels: selector } },
      });
    }
  }

  /** @returns The address. */
  private serve(
    port: number,
    { labels, selector, deployment }: { labels: Labels; selector: Labels; deployment: DeploymentV1 },
    props: WebWorkloadProps,
  ): string {
    const { namespace, handMade, loadBalancerTimeoutSeconds: wait } = props;
    const { service: name = props.name } = handMade ?? {};
    const service = new ServiceV1(this, "service", {
      waitForLoadBalancer: props.waitForLoadBalancer,
      timeouts: wait === undefined ? undefined : { create: `${wait}s` },
      metadata: { name, namespace, labels, annotations: nonEmpty(literals(props.serviceAnnotations)) },
      spec: {
        type: props.expose,
        selector,
        loadBalancerSourceRanges: props.allowedSources && [...props.allowedSources],
        port: [
          {
            name: "http",
            port: props.servicePort ?? port,
            targetPort: "http",
            nodePort: props.nodePort,
          },
        ],
      },
      // Pods that were made by hand have no port of that name: the Service must not look for it before new ones run.
      dependsOn: handMade?.adoptIn === undefined ? undefined : [deployment],
    });
    if (handMade?.adoptIn !== undefined) {
      const object = { apiVersion: "v1", kind: "Service", name, namespace: handMade.adoptIn };
      adoptObject(this, "adopted-service", service, object);
    }
    return addressOf(service, name, props);
  }
}

/** Those of the user, and why it is root. */
function podAnnotations({ podAnnotations: own = {}, runAsRoot }: WebWorkloadProps): Record<string, string> | undefined {
  return nonEmpty({ ...literals(own), ...(runAsRoot && { "acr-pull/runs-as-root": literal(runAsRoot) }) });
}

/**
 * What says that the selector of the file is not the Deployment's. Compared as text: the provider reads maps where the file has objects,
 * and null for what is not there.
 */
function selectorRefusal(workload: string, selector: Labels): Assertion {
  const own = "jsonencode(o.spec.selector.matchLabels)";
  return {
    condition: `${own} == jsonencode(${JSON.stringify(selector)}) && try(length(o.spec.selector.matchExpressions), 0) == 0`,
    errorMessage:
      `workloads.${workload}.adopt.selector must be \${join(", ", [for o in @objects : ${own}])}, and nothing but labels, as the ` +
      "Deployment has it: another one would replace it.",
  };
}

function addressOf(service: ServiceV1, name: string, { namespace, expose }: WebWorkloadProps): string {
  switch (expose) {
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
