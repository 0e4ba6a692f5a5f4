import type { Cluster } from "../../../../rehearsal/clouds/kubernetes/cluster";
import type { Container, PodSpec, Secret, Service } from "../../../../rehearsal/clouds/kubernetes/api-object";
import {
  createWorld,
  deployment,
  dockerConfig,
  emptyClouds,
  first,
  goodSecret,
  HOST,
  pullSecret,
  type DeploymentOptions,
} from "../world";

const cluster = (): Cluster => first(emptyClouds().clusters);
const LABEL = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'";
const KEY =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE = "a valid label must be an empty string or consist of alphanumeric characters";

const service = (spec: Partial<Service["spec"]>, name = "web"): Service => ({
  metadata: { namespace: "default", name },
  spec: { ports: [{ port: 80 }], ...spec },
});

const creating = (options: DeploymentOptions) => () => cluster().createDeployment(deployment(options));
const container = (change: Partial<Container>) => creating({ container: change });
const pod = (change: Partial<PodSpec>) => creating({ pod: change });
const labelled = (labels: Readonly<Record<string, string>>) => () =>
  cluster().secrets.create({ metadata: { namespace: "default", name: "a", labels } });
const annotated = (annotations: Readonly<Record<string, string>>) => () =>
  cluster().secrets.create({ metadata: { namespace: "default", name: "a", annotations } });

describe("names", () => {
  it.each<[string, () => unknown, string]>([
    [
      "of a namespace",
      () => cluster().createNamespace({ name: "Team_A" }),
      `Namespace "Team_A" is invalid: metadata.name: Invalid value: "Team_A": ${LABEL}`,
    ],
    [
      "of a namespace that is too long",
      () => cluster().createNamespace({ name: "a".repeat(64) }),
      "must be no more than 63 characters",
    ],
    [
      "of a secret",
      () => cluster().secrets.create({ metadata: { namespace: "default", name: "a/b" } }),
      'Secret "a/b" is invalid: metadata.name: Invalid value: "a/b": a lowercase RFC 1123 subdomain must consist of',
    ],
    [
      "of a service",
      () => cluster().services.create(service({}, "1web")),
      'Service "1web" is invalid: metadata.name: Invalid value: "1web": a DNS-1035 label must consist of',
    ],
    [
      "of a Deployment",
      creating({ name: "web_1" }),
      'Deployment.apps "web_1" is invalid: metadata.name: Invalid value',
    ],
    [
      "of a container",
      container({ name: "Web" }),
      `spec.template.spec.containers[0].name: Invalid value: "Web": ${LABEL}`,
    ],
  ])("%s", (_, create, message) => {
    expect(create).toThrow(message);
  });
});

describe("labels and annotations", () => {
  it.each<[string, () => unknown, string]>([
    ["a key with a space", labelled({ "a b": "c" }), `metadata.labels: Invalid value: "a b": ${KEY}`],
    [
      "a key with two slashes",
      labelled({ "a/b/c": "d" }),
      'metadata.labels: Invalid value: "a/b/c": a qualified name must consist of',
    ],
    ["a key that is too long", labelled({ ["k".repeat(64)]: "" }), "name part must be no more than 63 characters"],
    ["a value that begins with _", labelled({ version: "_v1" }), `metadata.labels: Invalid value: "_v1": ${VALUE}`],
    ["a value that ends with -", labelled({ version: "v1-" }), `metadata.labels: Invalid value: "v1-": ${VALUE}`],
    ["a value that is too long", labelled({ version: "v".repeat(64) }), "must be no more than 63 characters"],
    ["an annotation's key", annotated({ "a b": "c" }), `metadata.annotations: Invalid value: "a b": ${KEY}`],
    [
      "annotations of 256 KiB",
      annotated({ a: "b".repeat(262144) }),
      "metadata.annotations: Too long: may not be more than 262144 bytes",
    ],
    [
      "a node selector's key",
      pod({ nodeSelector: { "a b": "c" } }),
      `spec.template.spec.nodeSelector: Invalid value: "a b": ${KEY}`,
    ],
  ])("%s", (_, create, message) => {
    expect(create).toThrow(message);
  });

  it("takes what is right", () => {
    expect(labelled({ "app.kubernetes.io/version": "1.2_3-4", empty: "" })).not.toThrow();
    expect(annotated({ "example.com/Note": "anything at all, {}" })).not.toThrow();
  });

  it("lists all that is wrong", () => {
    expect(labelled({ "a b": "_" })).toThrow(/^Secret "a" is invalid: \[metadata\.labels: .*, metadata\.labels: .*\]$/);
  });
});

describe("pods", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a request beyond its limit",
      container({ resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }),
      'spec.template.spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [
      "a quantity that is none",
      container({ resources: { limits: { memory: "1ki" } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      "a port beyond the last one",
      container({ ports: [{ containerPort: 70000 }] }),
      "ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
    ],
    [
      "a mount of no volume",
      container({ volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }),
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "tmp"',
    ],
    [
      "an unknown pull policy",
      container({ imagePullPolicy: "Sometimes" }),
      'imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [
      "two containers of one name",
      pod({ containers: [1, 2].map(() => ({ name: "web", image: "web" })) }),
      'spec.template.spec.containers[1].name: Duplicate value: "web"',
    ],
    ["no container", pod({ containers: [] }), "spec.template.spec.containers: Required value"],
    [
      "a restart policy that Deployments do not know",
      pod({ restartPolicy: "Never" }),
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
    [
      "a selector that does not match",
      creating({ selector: { app: "other" } }),
      'spec.template.metadata.labels: Invalid value: {"app":"acr-app2"}: `selector` does not match template `labels`',
    ],
    [
      "fewer than no replicas",
      creating({ replicas: -1 }),
      "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
    ],
  ])("%s", (_, create, message) => {
    expect(create).toThrow(message);
  });

  it("get what is left out, and quantities in their shortest form", () => {
    const server = cluster();
    const resources = { limits: { cpu: "1000m", memory: "131072Ki" }, requests: { cpu: "0.5m" } };
    server.createDeployment(deployment({ container: { resources } }));
    const { spec } = first(server.deployments.values());
    expect(spec.template.spec).toMatchObject({
      ...{ restartPolicy: "Always", dnsPolicy: "ClusterFirst", schedulerName: "default-scheduler" },
      containers: [
        {
          terminationMessagePolicy: "File",
          resources: { limits: { cpu: "1", memory: "128Mi" }, requests: { cpu: "1m", memory: "128Mi" } },
        },
      ],
    });
    expect(spec).toMatchObject({ progressDeadlineSeconds: 600, strategy: { type: "RollingUpdate" } });
  });
});

describe("services", () => {
  it.each<[string, Partial<Service["spec"]>, string]>([
    [
      "a range with bits beyond its prefix",
      { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.1/8"] },
      'spec.loadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    ],
    [
      "a range that is none",
      { type: "LoadBalancer", loadBalancerSourceRanges: ["everywhere"] },
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
    ],
    ["a port beyond the last one", { ports: [{ port: 0 }] }, "spec.ports[0].port: Invalid value: 0: must be between 1"],
    ["two ports without names", { ports: [{ port: 80 }, { port: 81 }] }, "spec.ports[0].name: Required value"],
    [
      "an unknown type",
      { type: "Internal" },
      'spec.type: Unsupported value: "Internal": supported values: "ClusterIP"',
    ],
  ])("%s", (_, spec, message) => {
    expect(() => cluster().services.create(service(spec))).toThrow(message);
  });

  it("get addresses by their type, and keep them", () => {
    const server = cluster();
    const balanced = server.services.create(service({ type: "LoadBalancer" }));
    expect(balanced.status?.loadBalancer.ingress?.[0]?.ip).toMatch(/^20\./);
    expect(server.services.replace(service({ type: "LoadBalancer" })).status).toEqual(balanced.status);
    for (const type of ["ClusterIP", "NodePort"]) {
      const { status, spec } = cluster().services.create(service({ type }));
      expect([status, spec.clusterIP]).toEqual([{ loadBalancer: {} }, expect.stringMatching(/^10\./)]);
    }
  });

  it("keep their cluster address", () => {
    const server = cluster();
    server.services.create(service({}));
    expect(() => server.services.replace(service({ clusterIP: "10.9.9.9" }))).toThrow(
      'spec.clusterIPs[0]: Invalid value: ["10.9.9.9"]: may not change once set',
    );
  });
});

describe("secrets", () => {
  const replacing = (before: Partial<Secret>, after: Secret) => () => {
    const world = createWorld();
    world.cluster.secrets.create({ ...goodSecret(world), ...before });
    return world.cluster.secrets.replace(after);
  };

  it("that are encoded twice are refused, without being shown", () => {
    const twice = Buffer.from(dockerConfig(HOST, "u", "p")).toString("base64");
    expect(() => cluster().secrets.create(pullSecret(twice))).toThrow(
      'Secret "acr-secret" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": it is base64 of JSON: encoded twice',
    );
  });

  it("need their key", () => {
    expect(() => cluster().secrets.create(pullSecret("", { data: {} }))).toThrow(
      'Secret "acr-secret" is invalid: data[.dockerconfigjson]: Required value',
    );
  });

  it("keep their type, and their data where they are immutable", () => {
    expect(replacing({}, pullSecret("{}", { type: "Opaque" }))).toThrow(
      'type: Invalid value: "Opaque": field is immutable',
    );
    expect(replacing({ immutable: true }, pullSecret("{}", { immutable: true }))).toThrow(
      "data: Forbidden: field is immutable when `immutable` is set",
    );
    expect(replacing({ immutable: true }, pullSecret("{}"))).toThrow(
      "immutable: Forbidden: field is immutable when `immutable` is set",
    );
  });
});

describe("objects", () => {
  it("are in the namespaces that every cluster has", () => {
    expect(
      cluster()
        .namespaces.values()
        .map(({ metadata }) => metadata.name),
    ).toEqual([...["default", "kube-node-lease", "kube-public", "kube-system"]]);
  });

  it("need their namespace", () => {
    expect(creating({ namespace: "web" })).toThrow('namespaces "web" not found');
  });

  it("exist once", () => {
    const server = cluster();
    server.createDeployment(deployment());
    expect(() => server.createDeployment(deployment())).toThrow('deployments.apps "acr-app2" already exists');
    expect(() => server.createNamespace({ name: "default" })).toThrow('namespaces "default" already exists');
  });

  it("are changed only where they are", () => {
    expect(() => cluster().secrets.replace(pullSecret("{}"))).toThrow('secrets "acr-secret" not found');
  });

  it("that are being deleted cannot be made again, and a namespace that is takes nothing new", () => {
    const server = cluster();
    server.createNamespace({ name: "team-a" });
    server.namespaces.beginDeletion(undefined, "team-a");
    expect(() => server.createNamespace({ name: "team-a" })).toThrow(
      'object is being deleted: namespaces "team-a" already exists',
    );
    expect(() => server.createDeployment(deployment({ namespace: "team-a" }))).toThrow(
      '"acr-app2" is forbidden: unable to create new content in namespace team-a because it is being terminated',
    );
  });

  it("count the changes of what a controller follows, and not those of labels", () => {
    const server = cluster();
    const { metadata } = server.createDeployment(deployment());
    const labelledOne = { ...deployment(), metadata: { ...deployment().metadata, labels: { a: "b" } } };
    const versions = [server.replaceDeployment(labelledOne), server.replaceDeployment(deployment({ replicas: 2 }))];
    expect([metadata, ...versions.map((version) => version.metadata)].map(({ generation }) => generation)).toEqual([
      ...[1, 1, 2],
    ]);
    expect(versions.map((version) => version.metadata.uid)).toEqual([metadata.uid, metadata.uid]);
  });

  it("keep the selector of a Deployment", () => {
    const server = cluster();
    server.createDeployment(deployment());
    const selector = { matchLabels: { app: "acr-app2", tier: "web" } };
    const template = { ...deployment().spec.template, metadata: { labels: selector.matchLabels } };
    expect(() => server.replaceDeployment(deployment({ spec: { selector, template } }))).toThrow(
      'spec.selector: Invalid value: {"matchLabels":{"app":"acr-app2","tier":"web"}}: field is immutable',
    );
  });
});

describe("quotas and limits of a namespace", () => {
  const limited = (setUp: (server: Cluster) => void, options: DeploymentOptions = {}) => {
    const world = createWorld();
    world.cluster.secrets.create(goodSecret(world));
    setUp(world.cluster);
    world.cluster.createDeployment(deployment(options));
    return world.cluster;
  };
  const cpu = (request: string) => ({ container: { resources: { requests: { cpu: request } } } });
  const quota = (hard: Readonly<Record<string, string>>) => (server: Cluster) => {
    server.api.resourceQuotas.create({ metadata: { namespace: "default", name: "team" }, spec: { hard } });
  };

  it("stop pods that are too many or want too much", () => {
    expect(limited(quota({ pods: "1" }), { replicas: 2 }).pods.at(-1)?.refusal).toMatch(
      /^pods "acr-app2-.*" is forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1$/,
    );
    expect(limited(quota({ "requests.cpu": "100m" }), cpu("200m")).pods[0]?.refusal).toContain(
      "exceeded quota: team, requested: requests.cpu=200m, used: requests.cpu=0, limited: requests.cpu=100m",
    );
    expect(limited(quota({ "requests.cpu": "1", pods: "2" }), cpu("200m")).pods[0]?.refusal).toBeUndefined();
  });

  it("give containers what they leave out, and hold them to it", () => {
    const range = (limits: object) => (server: Cluster) => {
      const spec = { limits: [{ type: "Container", ...limits }] };
      server.api.limitRanges.create({ metadata: { namespace: "default", name: "range" }, spec });
    };
    expect(limited(range({ max: { cpu: "1" } })).pods[0]?.refusal).toContain(
      "maximum cpu usage per Container is 1.  No limit is specified",
    );
    expect(limited(range({ max: { cpu: "1" }, default: { cpu: "500m" } })).pods[0]?.refusal).toBeUndefined();
    expect(
      limited(range({ max: { cpu: "1" } }), { container: { resources: { limits: { cpu: "2" } } } }).pods[0]?.refusal,
    ).toContain("maximum cpu usage per Container is 1, but limit is 2");
  });
});
