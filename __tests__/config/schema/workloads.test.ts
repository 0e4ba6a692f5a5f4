import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";
import { text } from "../../support/text";

test.each<Refusal>([
  [
    "a key that starts with a digit",
    "  web:\n    image",
    "  2web:\n    image",
    "environments/demo.yaml:19:3 workloads.2web must be a key: at most 63 lowercase letters, digits or hyphens, the first a letter, the last none of the hyphens",
  ],
  ["no image", "    image: web\n", "", "environments/demo.yaml:19:3 workloads.web.image is required"],
  [
    "no clusters",
    "    image: web\n    clusters: [blue]\n",
    "    image: web\n",
    "environments/demo.yaml:19:3 workloads.web.clusters is required",
  ],
  [
    "an empty list of clusters",
    "[blue]",
    "[]",
    "environments/demo.yaml:21:15 workloads.web.clusters must list at least one cluster, got: a list",
  ],
  [
    "clusters that are a string",
    "[blue]",
    "blue",
    'environments/demo.yaml:21:15 workloads.web.clusters must be a list or a mapping, got: "blue"',
  ],
  [
    "a selector without labels",
    "[blue]",
    "{}",
    "environments/demo.yaml:21:5 workloads.web.clusters.matchLabels is required",
  ],
  [
    "a selector of another kind",
    "[blue]",
    "{ matchLabels: {}, matchExpressions: [] }",
    "environments/demo.yaml:21:34 workloads.web.clusters.matchExpressions is not a known key",
  ],
  [
    "a cluster that is listed twice",
    "[blue]",
    "[blue, blue]",
    'environments/demo.yaml:21:22 workloads.web.clusters[1] is listed twice, got: "blue"',
  ],
  [
    "a namespace with capitals",
    "port: 8080",
    "port: 8080\n    namespace: Shop",
    'environments/demo.yaml:23:16 workloads.web.namespace must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "Shop"',
  ],
  [
    "a namespace of 64 characters",
    "port: 8080",
    `port: 8080\n    namespace: ${"a".repeat(64)}`,
    `environments/demo.yaml:23:16 workloads.web.namespace must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends, got: "${"a".repeat(64)}"`,
  ],
  [
    "port 0",
    "port: 8080",
    "port: 0",
    "environments/demo.yaml:22:11 workloads.web.port must be a whole number from 1 to 65535, got: 0",
  ],
  [
    "port 65536",
    "port: 8080",
    "port: 65536",
    "environments/demo.yaml:22:11 workloads.web.port must be a whole number from 1 to 65535, got: 65536",
  ],
  [
    "a port that is a string",
    "port: 8080",
    'port: "8080"',
    'environments/demo.yaml:22:11 workloads.web.port must be a number, got: "8080"',
  ],
  [
    "a port that is no whole number",
    "port: 8080",
    "port: 80.5",
    "environments/demo.yaml:22:11 workloads.web.port must be a whole number, got: 80.5",
  ],
  [
    "service port 0",
    "port: 8080",
    "port: 8080\n    servicePort: 0",
    "environments/demo.yaml:23:18 workloads.web.servicePort must be a whole number from 1 to 65535, got: 0",
  ],
  [
    "service port 65536",
    "port: 8080",
    "port: 8080\n    servicePort: 65536",
    "environments/demo.yaml:23:18 workloads.web.servicePort must be a whole number from 1 to 65535, got: 65536",
  ],
  [
    "a kind of exposure that does not exist",
    "port: 8080",
    "port: 8080\n    expose: Ingress",
    'environments/demo.yaml:23:13 workloads.web.expose must be one of ClusterIP, NodePort, LoadBalancer, got: "Ingress"',
  ],
  [
    "node port 29999",
    "port: 8080",
    "port: 8080\n    expose: NodePort\n    nodePort: 29999",
    "environments/demo.yaml:24:15 workloads.web.nodePort must be a whole number from 30000 to 32767, got: 29999",
  ],
  [
    "node port 32768",
    "port: 8080",
    "port: 8080\n    expose: NodePort\n    nodePort: 32768",
    "environments/demo.yaml:24:15 workloads.web.nodePort must be a whole number from 30000 to 32767, got: 32768",
  ],
  [
    "a node port of a load balancer",
    "port: 8080",
    "port: 8080\n    expose: LoadBalancer\n    nodePort: 30000",
    "environments/demo.yaml:24:15 workloads.web.nodePort needs expose: NodePort, got: 30000",
  ],
  [
    "allowed sources without a load balancer",
    "port: 8080",
    "port: 8080\n    allowedSources: [203.0.113.0/24]",
    "environments/demo.yaml:23:21 workloads.web.allowedSources needs expose: LoadBalancer, got: a list",
  ],
  [
    "a source without a prefix length",
    "port: 8080",
    "port: 8080\n    expose: LoadBalancer\n    allowedSources: [203.0.113.0]",
    'environments/demo.yaml:24:22 workloads.web.allowedSources[0] must be an IPv4 range in CIDR notation such as 203.0.113.0/24, got: "203.0.113.0"',
  ],
  [
    "an annotation that is a flag",
    "port: 8080",
    "port: 8080\n    serviceAnnotations: { internal: true }",
    "environments/demo.yaml:23:37 workloads.web.serviceAnnotations.internal must be a string (put it in quotes), got: true",
  ],
  [
    "a negative number of replicas",
    "port: 8080",
    "port: 8080\n    replicas: -1",
    "environments/demo.yaml:23:15 workloads.web.replicas must be a whole number from 0 to 1000, got: -1",
  ],
  [
    "1001 replicas",
    "port: 8080",
    "port: 8080\n    replicas: 1001",
    "environments/demo.yaml:23:15 workloads.web.replicas must be a whole number from 0 to 1000, got: 1001",
  ],
  [
    "replicas by another word",
    "port: 8080",
    "port: 8080\n    replicas: many",
    'environments/demo.yaml:23:15 workloads.web.replicas must be a number or auto, got: "many"',
  ],
  [
    "a wait for a load balancer that there is none of",
    "port: 8080",
    "port: 8080\n    waitForLoadBalancer: false",
    "environments/demo.yaml:23:26 workloads.web.waitForLoadBalancer needs expose: LoadBalancer, got: false",
  ],
  [
    "a timeout for what nobody waits for",
    "port: 8080",
    "port: 8080\n    expose: LoadBalancer\n    waitForLoadBalancer: false\n    loadBalancerTimeoutSeconds: 60",
    "environments/demo.yaml:25:33 workloads.web.loadBalancerTimeoutSeconds must be left out: nothing waits with waitForLoadBalancer: false, got: 60",
  ],
  [
    "a health path without a slash",
    "port: 8080",
    "port: 8080\n    health: { path: healthz }",
    'environments/demo.yaml:23:21 workloads.web.health.path must start with /, got: "healthz"',
  ],
  [
    "a health check without a path",
    "port: 8080",
    "port: 8080\n    health: {}",
    "environments/demo.yaml:23:5 workloads.web.health.path is required",
  ],
  [
    "a CPU request that is a number",
    "port: 8080",
    "port: 8080\n    resources: { cpu: 1 }",
    "environments/demo.yaml:23:23 workloads.web.resources.cpu must be a string (put it in quotes), got: 1",
  ],
  [
    "memory in a unit of its own",
    "port: 8080",
    "port: 8080\n    resources: { memory: 128MB }",
    'environments/demo.yaml:23:26 workloads.web.resources.memory must be a Kubernetes quantity such as 100m or 128Mi, got: "128MB"',
  ],
  [
    "an unknown limit",
    "port: 8080",
    "port: 8080\n    resources: { diskLimit: 1Gi }",
    "environments/demo.yaml:23:18 workloads.web.resources.diskLimit is not a known key",
  ],
  [
    "an environment variable with a hyphen",
    "port: 8080",
    "port: 8080\n    env: { LOG-LEVEL: info }",
    "environments/demo.yaml:23:12 workloads.web.env.LOG-LEVEL must be an environment variable name",
  ],
  [
    "an environment variable that is a number",
    "port: 8080",
    "port: 8080\n    env: { WORKERS: 4 }",
    "environments/demo.yaml:23:21 workloads.web.env.WORKERS must be a string (put it in quotes) or a mapping, got: 4",
  ],
  [
    "a writable path that is relative",
    "port: 8080",
    "port: 8080\n    writablePaths: [tmp]",
    'environments/demo.yaml:23:21 workloads.web.writablePaths[0] must be an absolute path in the container, got: "tmp"',
  ],
  [
    "a writable path that is listed twice",
    "port: 8080",
    "port: 8080\n    writablePaths: [/tmp, /tmp]",
    'environments/demo.yaml:23:27 workloads.web.writablePaths[1] is listed twice, got: "/tmp"',
  ],
  [
    "the user root",
    "port: 8080",
    "port: 8080\n    runAsUser: 0",
    "environments/demo.yaml:23:16 workloads.web.runAsUser must be a whole number from 1 to 2147483647, got: 0",
  ],
  [
    "a deadline of 29 seconds",
    "port: 8080",
    "port: 8080\n    rolloutDeadlineSeconds: 29",
    "environments/demo.yaml:23:29 workloads.web.rolloutDeadlineSeconds must be a whole number from 30 to 3600, got: 29",
  ],
  [
    "a deadline of 3601 seconds",
    "port: 8080",
    "port: 8080\n    rolloutDeadlineSeconds: 3601",
    "environments/demo.yaml:23:29 workloads.web.rolloutDeadlineSeconds must be a whole number from 30 to 3600, got: 3601",
  ],
  [
    "a node label's value with a blank",
    "port: 8080",
    'port: 8080\n    nodeSelector: { pool: "a b" }',
    "environments/demo.yaml:23:27 workloads.web.nodeSelector.pool must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, got: \"a b\"",
  ],
  [
    "a toleration without a key",
    "port: 8080",
    "port: 8080\n    tolerations: [{ operator: Exists }]",
    "environments/demo.yaml:23:19 workloads.web.tolerations[0].key is required",
  ],
  [
    "a toleration's operator that does not exist",
    "port: 8080",
    "port: 8080\n    tolerations: [{ key: spot, operator: In }]",
    'environments/demo.yaml:23:42 workloads.web.tolerations[0].operator must be one of Exists, Equal, got: "In"',
  ],
  [
    "a toleration's effect that does not exist",
    "port: 8080",
    "port: 8080\n    tolerations: [{ key: spot, effect: NoRun }]",
    'environments/demo.yaml:23:40 workloads.web.tolerations[0].effect must be one of NoSchedule, PreferNoSchedule, NoExecute, got: "NoRun"',
  ],
  [
    "a toleration with operator Equal and no value",
    "port: 8080",
    "port: 8080\n    tolerations: [{ key: spot, operator: Equal }]",
    "environments/demo.yaml:23:19 workloads.web.tolerations[0].value must be given with operator: Equal, and only then",
  ],
  [
    "a toleration with a value and operator Exists",
    "port: 8080",
    "port: 8080\n    tolerations: [{ key: spot, value: x }]",
    'environments/demo.yaml:23:39 workloads.web.tolerations[0].value must be given with operator: Equal, and only then, got: "x"',
  ],
  [
    "an unknown key of a workload",
    "port: 8080",
    "port: 8080\n    replica: 2",
    'environments/demo.yaml:23:5 workloads.web.replica is not a known key; did you mean "replicas"?',
  ],
  [
    "an unknown key that resembles none",
    "port: 8080",
    "port: 8080\n    flavour: {}",
    "environments/demo.yaml:23:5 workloads.web.flavour is not a known key",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["port 1", "port: 1"],
  ["port 65535", "port: 65535"],
  ["node port 30000", "port: 8080\n    expose: NodePort\n    nodePort: 30000"],
  ["node port 32767", "port: 8080\n    expose: NodePort\n    nodePort: 32767"],
  [
    "sources of a load balancer",
    "port: 8080\n    expose: LoadBalancer\n    allowedSources: [0.0.0.0/0, 203.0.113.7/32]",
  ],
  ["a namespace of 63 characters", `port: 8080\n    namespace: ${"a".repeat(63)}`],
  ["a namespace that starts with a digit", "port: 8080\n    namespace: 2nd"],
  ["no replicas", "port: 8080\n    replicas: 0"],
  ["1000 replicas", "port: 8080\n    replicas: 1000"],
  ["user 1", "port: 8080\n    runAsUser: 1"],
  ["the last user", "port: 8080\n    runAsUser: 2147483647"],
  ["a deadline of 30 seconds", "port: 8080\n    rolloutDeadlineSeconds: 30"],
  ["a deadline of 3600 seconds", "port: 8080\n    rolloutDeadlineSeconds: 3600"],
  ["a whole CPU in quotes", 'port: 8080\n    resources: { cpu: "1", memory: 1.5Gi }'],
  ["an empty value of a node label", 'port: 8080\n    nodeSelector: { spot: "" }'],
  ["a toleration with a value", "port: 8080\n    tolerations: [{ key: spot, operator: Equal, value: x }]"],
  ["no writable path", "port: 8080\n    writablePaths: []"],
])("accepted: %s", (_title, to) => {
  expect(refusal(changed("port: 8080", to))).toEqual([]);
});

test("what is silent is for others to scale, and only the cluster reaches it", () => {
  expect(environmentFrom(BASE).workloads.web).toEqual({
    image: "web",
    clusters: ["blue"],
    namespace: "default",
    port: 8080,
    expose: "ClusterIP",
    serviceAnnotations: {},
    replicas: "auto",
    resources: { cpu: "100m", memory: "128Mi" },
    env: {},
    writablePaths: [text("/tmp")],
    rolloutDeadlineSeconds: 300,
    virtualNodes: false,
    nodeSelector: {},
    tolerations: [],
  });
});

test.each(["203.0.113.256/24", "203.0.113.0/33"])("refused: the source %s", (source) => {
  const yaml = changed("port: 8080", `port: 8080\n    expose: LoadBalancer\n    allowedSources: [${source}]`);
  expect(refusal(yaml)).toEqual([
    `environments/demo.yaml:24:22 workloads.web.allowedSources[0] must be an IPv4 range in CIDR notation such as 203.0.113.0/24, got: "${source}"`,
  ]);
});

test("a number that JSON does not know is shown as it is in the file", () => {
  expect(refusal(changed("port: 8080", "port: .inf"))).toEqual([
    "environments/demo.yaml:22:11 workloads.web.port must be a number, got: Infinity",
  ]);
});
