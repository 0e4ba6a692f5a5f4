import type { WebWorkloadProps } from "../../constructs/web-workload";
import { environmentFrom } from "../support/environment";
import { text, texts } from "../support/text";

/** What the environment file says of a workload. */
export type WorkloadProps = Omit<
  WebWorkloadProps,
  "name" | "instance" | "namespace" | "image" | "version" | "pullSecretName" | "needs"
>;

/** A workload on port 8080, with these settings besides. */
export function workloadFrom(settings: string): WorkloadProps {
  const { web } = environmentFrom(`
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images: { web: { repository: shop/web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { blue: { aks: { name: blue, resourceGroup: rg }, pull: { servicePrincipal: { name: pull-blue } } } }
workloads: { web: { image: web, clusters: [blue], port: 8080, ${settings} } }
`).workloads;
  if (!web) throw new Error("the environment has no workload web");
  return { ...web, ...web.resources, healthPath: web.health?.path };
}

/** Every option, each with another value than its default. Some exclude each other in environment files. */
export const ALL_WORKLOAD: Required<Omit<WorkloadProps, "handMade">> = {
  port: 80,
  command: [text("/bin/web")],
  args: [text("--verbose")],
  probes: { startupSeconds: 90, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6 },
  memoryLimit: "512Mi",
  writableRoot: true,
  runAsRoot: text("opens raw sockets"),
  serviceAccount: "web",
  podAnnotations: texts({ team: "shop" }),
  expose: "NodePort",
  servicePort: 8080,
  nodePort: 30080,
  allowedSources: ["203.0.113.0/24"],
  waitForLoadBalancer: false,
  loadBalancerTimeoutSeconds: 120,
  serviceAnnotations: texts({ internal: "true" }),
  replicas: 3,
  healthPath: text("/healthz"),
  cpu: "250m",
  memory: "256Mi",
  cpuLimit: "1",
  env: {
    LOG_LEVEL: text("info"),
    DB: { kind: "secret", name: "db", key: "url" },
    MODE: { kind: "configMap", name: "settings", key: "mode" },
  },
  pullPolicy: "Always",
  writablePaths: ["/tmp", "/var/cache"].map(text),
  runAsUser: 101,
  rolloutDeadlineSeconds: 600,
  virtualNodes: true,
  nodeSelector: { pool: "shop" },
  tolerations: [{ key: "dedicated", operator: "Equal", value: "shop", effect: "NoSchedule" }],
};
