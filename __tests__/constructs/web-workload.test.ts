import { TerraformOutput } from "cdktf";
import { WebWorkload, type WebWorkloadProps } from "../../constructs/web-workload";
import { address, resource, resources, synthConstruct, types } from "../support/environment";
import type { StackFile } from "../support/synthesized";
import { ALL_WORKLOAD, workloadFrom, type WorkloadProps } from "./workload";

const IMAGE = "acrdemo2ss.azurecr.io/shop/web@sha256:0";

function synth(workload: WorkloadProps, props: Partial<WebWorkloadProps> = {}): StackFile {
  return synthConstruct((stack) => {
    const { address } = new WebWorkload(stack, "web", {
      ...workload,
      name: "web",
      instance: "demo",
      namespace: "shop",
      image: IMAGE,
      pullSecretName: "${kubernetes_secret_v1.x.metadata[0].name}",
      needs: [],
      ...props,
    });
    new TerraformOutput(stack, "address", { value: address ?? "none" });
  });
}

const SELECTOR = { "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": "demo" };
const LABELS = { ...SELECTOR, "app.kubernetes.io/managed-by": "terraform" };

interface Deployment {
  readonly metadata: { readonly labels: object };
  readonly spec: {
    readonly selector: object;
    readonly template: { readonly metadata: object; readonly spec: { readonly container: readonly object[] } };
  };
}

function deployment(stack: StackFile): Deployment {
  return resource(stack, "kubernetes_deployment_v1") as unknown as Deployment;
}

describe("a workload with one replica", () => {
  const stack = synth(workloadFrom(""));

  test("is a deployment, what is looked at after it, and a service", () => {
    expect(types(stack)).toEqual(["data.kubernetes_resource", "kubernetes_deployment_v1", "kubernetes_service_v1"]);
  });

  test("has no disruption budget: it could never be evicted", () => {
    expect(resources(stack, "kubernetes_pod_disruption_budget_v1")).toEqual([]);
  });

  test("names its namespace in deployment and service", () => {
    expect(deployment(stack).metadata).toEqual({ name: "web", namespace: "shop", labels: LABELS });
    expect(resource(stack, "kubernetes_service_v1").metadata).toEqual({
      name: "web",
      namespace: "shop",
      labels: LABELS,
    });
  });

  test("selects its pods by name and instance", () => {
    expect(deployment(stack).spec).toMatchObject({
      selector: { match_labels: SELECTOR },
      template: { metadata: { labels: LABELS } },
    });
    expect(resource(stack, "kubernetes_service_v1").spec).toMatchObject({ selector: SELECTOR });
  });

  test("starts a new pod before it stops an old one", () => {
    expect(deployment(stack).spec).toMatchObject({
      strategy: { type: "RollingUpdate", rolling_update: { max_surge: "1", max_unavailable: "0" } },
    });
  });

  test("has failed in Kubernetes before Terraform stops waiting", () => {
    expect(resource(stack, "kubernetes_deployment_v1")).toMatchObject({
      spec: { progress_deadline_seconds: 300 },
      timeouts: { create: "420s", update: "420s" },
    });
  });

  test("runs the image that it was given", () => {
    expect(deployment(stack).spec.template.spec.container).toEqual([expect.objectContaining({ image: IMAGE })]);
  });

  test("has a service in the cluster only, on the container's port, without further options", () => {
    expect(resource(stack, "kubernetes_service_v1").spec).toEqual({
      type: "ClusterIP",
      selector: SELECTOR,
      port: [{ name: "http", port: 8080, target_port: "http" }],
    });
  });
});

describe("the version", () => {
  const stack = synth(workloadFrom(""), { version: "v1" });

  test("labels the deployment", () => {
    expect(deployment(stack).metadata.labels).toEqual({ ...LABELS, "app.kubernetes.io/version": "v1" });
  });

  test("is no label where nothing of it can be one", () => {
    expect(deployment(synth(workloadFrom(""), { version: "_" })).metadata.labels).toEqual(LABELS);
  });

  test("labels no pod: a new tag of the same digest rolls nothing", () => {
    expect(deployment(stack).spec.template.metadata).toEqual({ labels: LABELS });
  });

  test("selects no pod", () => {
    expect(deployment(stack).spec.selector).toEqual({ match_labels: SELECTOR });
  });
});

test("a workload that others scale says no number, and its rollout is judged by theirs", () => {
  const stack = synth(workloadFrom(""));
  expect(deployment(stack).spec).not.toHaveProperty("replicas");
  expect(stack.text).toMatch(/status\.updatedReplicas, 0\) >= try\(\S+\.status\.replicas, 0\)/);
});

describe("a workload with two replicas", () => {
  test("has a disruption budget that evicts one pod at a time", () => {
    expect(resource(synth(workloadFrom("replicas: 2")), "kubernetes_pod_disruption_budget_v1")).toEqual({
      metadata: { name: "web", namespace: "shop", labels: LABELS },
      spec: { max_unavailable: "1", selector: { match_labels: SELECTOR } },
    });
  });
});

test("a workload without replicas has no disruption budget", () => {
  const stack = synth(workloadFrom("replicas: 0"));
  expect(resources(stack, "kubernetes_pod_disruption_budget_v1")).toEqual([]);
  expect(deployment(stack).spec).toMatchObject({ replicas: "0" });
});

test("all options of the service", () => {
  const service = resource(synth(ALL_WORKLOAD), "kubernetes_service_v1");
  expect(service.metadata).toMatchObject({ annotations: { internal: "true" } });
  expect(service.spec).toEqual({
    type: "NodePort",
    selector: SELECTOR,
    load_balancer_source_ranges: ["203.0.113.0/24"],
    port: [{ name: "http", port: 8080, target_port: "http", node_port: 30080 }],
  });
});

test("all options of the rollout", () => {
  expect(resource(synth(ALL_WORKLOAD), "kubernetes_deployment_v1")).toMatchObject({
    spec: { replicas: "3", progress_deadline_seconds: 600 },
    timeouts: { create: "720s", update: "720s" },
  });
});

describe("the address", () => {
  test("in the cluster is a DNS name", () => {
    expect(synth(workloadFrom("")).json.output?.address?.value).toBe('${join(".", ["web", "shop", "svc"])}');
  });

  test("on a node is a port", () => {
    const stack = synth(workloadFrom("expose: NodePort"));
    expect(stack.json.output?.address?.value).toBe(
      `\${tostring(${address(stack, "kubernetes_service_v1")}.spec[0].port[0].node_port)}`,
    );
  });

  test("of a load balancer is its IP or host name, or empty while it has none", () => {
    const stack = synth(workloadFrom("expose: LoadBalancer"));
    const ingress = `${address(stack, "kubernetes_service_v1")}.status[0].load_balancer[0].ingress[0]`;
    expect(stack.json.output?.address?.value).toBe(`\${try(${ingress}.ip, ${ingress}.hostname, "")}`);
  });
});

describe("a workload without a port", () => {
  const stack = synth({ ...workloadFrom("replicas: 2"), port: undefined });

  test("has no Service", () => {
    expect(resources(stack, "kubernetes_service_v1")).toEqual([]);
    expect(resources(stack, "kubernetes_pod_disruption_budget_v1")).toHaveLength(1);
  });
});

describe("annotations of pods", () => {
  const stack = synth(workloadFrom('podAnnotations: { team: "${a}" }, runAsRoot: raw sockets, namespace: kube-system'));
  const { spec, lifecycle } = resource(stack, "kubernetes_deployment_v1") as unknown as Deployed;

  test("are text, and say why the program is root", () => {
    expect(spec.template.metadata.annotations).toEqual({ team: "$${a}", "acr-pull/runs-as-root": "raw sockets" });
  });

  test("are changed by a plan, but for what a restart by hand has left", () => {
    expect(lifecycle.ignore_changes).toEqual([
      'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]',
    ]);
  });
});

interface Deployed {
  readonly spec: { readonly template: { readonly metadata: { readonly annotations: Record<string, string> } } };
  readonly lifecycle: { readonly ignore_changes: readonly string[] };
}
