import type { Container, CronJob, Deployment, Json, PodController, PodSpec, Secret, Service } from "./api-object";
import { canonicalQuantity } from "./canonical-quantity";

/** What the API server fills in where the client says nothing. https://kubernetes.io/docs/reference/kubernetes-api/ */

export function secretDefaults(secret: Secret): Secret {
  return { ...secret, type: secret.type ?? "Opaque" };
}

export function deploymentDefaults(deployment: Deployment): Deployment {
  const { spec } = deployment;
  const type = spec.strategy?.type ?? "RollingUpdate";
  const rollingUpdate = { maxSurge: "25%", maxUnavailable: "25%", ...spec.strategy?.rollingUpdate };
  return {
    ...deployment,
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      ...{ revisionHistoryLimit: 10 },
      ...spec,
      strategy: type === "RollingUpdate" ? { type, rollingUpdate } : { type },
      template: { ...spec.template, spec: podDefaults(spec.template.spec) },
    },
  };
}

export function podControllerDefaults<T extends PodController>(object: T): T {
  const { template } = object.spec;
  return { ...object, spec: { ...object.spec, template: { ...template, spec: podDefaults(template.spec) } } };
}

export function cronJobDefaults(object: CronJob): CronJob {
  const { jobTemplate } = object.spec;
  const job = podControllerDefaults({ metadata: object.metadata, spec: jobTemplate.spec });
  return { ...object, spec: { ...object.spec, jobTemplate: { ...jobTemplate, spec: job.spec } } };
}

export function podDefaults(spec: PodSpec): PodSpec {
  return {
    restartPolicy: "Always",
    ...{ dnsPolicy: "ClusterFirst", schedulerName: "default-scheduler", terminationGracePeriodSeconds: 30 },
    ...spec,
    containers: spec.containers.map(containerDefaults),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(containerDefaults) }),
  };
}

function containerDefaults(container: Container): Container {
  const { image, ports, resources = {} } = container;
  const limits = canonical(resources.limits);
  // What has a limit and no request asks for the limit.
  const requests = { ...limits, ...canonical(resources.requests) };
  const probes = Object.entries(container).filter(([name]) => name.endsWith("Probe"));
  return {
    ...{ imagePullPolicy: isMoving(image) ? "Always" : "IfNotPresent" },
    ...{ terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" },
    ...container,
    ...(ports && { ports: ports.map((port) => ({ protocol: "TCP", ...port })) }),
    resources: {
      ...(Object.keys(limits).length > 0 && { limits }),
      ...(Object.keys(requests).length > 0 && { requests }),
    },
    ...Object.fromEntries(probes.map(([name, probe]) => [name, probeDefaults(probe as object)])),
  };
}

function probeDefaults(probe: object): Json {
  return { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, ...probe };
}

/** Whether the name leads to whatever is newest. */
function isMoving(image: string): boolean {
  if (image.includes("@")) return false;
  const [, tag = "latest"] = /:([^:/]+)$/.exec(image) ?? [];
  return tag === "latest";
}

function canonical(list: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(list).map(([name, text]) => [name, canonicalQuantity(text)]));
}

export function serviceDefaults(service: Service): Service {
  const { type = "ClusterIP" } = service.spec;
  const isReachable = type === "LoadBalancer" || type === "NodePort";
  return {
    ...service,
    spec: {
      ...{
        sessionAffinity: "None",
        internalTrafficPolicy: "Cluster",
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
      },
      ...(isReachable && { externalTrafficPolicy: "Cluster" }),
      ...service.spec,
      type,
      ports: (service.spec.ports ?? []).map((port) => ({ protocol: "TCP", targetPort: port.port, ...port })),
    },
  };
}
