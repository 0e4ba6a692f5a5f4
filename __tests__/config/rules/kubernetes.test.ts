import { BASE, changed, refusal } from "../base";

/** The base with settings of the workload web, on line 23. */
const web = (settings: string) => changed("port: 8080", `port: 8080\n    ${settings}`);

/** Each value, the words with which the real API server refused it, and what is said now, before anything is made. */
describe("what the API server would refuse after registry and identity were made is refused at once:", () => {
  const NAME =
    "at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, after an optional DNS name and '/'";
  const label = (place: string) => `${place} must be a label key: ${NAME}`;
  const annotation = (key: string) => `workloads.web.serviceAnnotations.${key} must be an annotation key: ${NAME}`;

  test.each([
    [
      "name part must consist of alphanumeric characters, '-', '_' or '.'",
      'serviceAnnotations: { "a b": x }',
      `23:27 ${annotation('"a b"')}`,
    ],
    [
      "a valid label key must consist of alphanumeric characters, … with an optional DNS subdomain prefix and '/'",
      "serviceAnnotations: { a/b/c: x }",
      `23:27 ${annotation("a/b/c")}`,
    ],
    [
      "name part must be no more than 63 bytes",
      `serviceAnnotations: { ${"a".repeat(64)}: x }`,
      `23:27 ${annotation("a".repeat(64))}`,
    ],
    [
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'",
      "serviceAnnotations: { a..b/c: x }",
      `23:27 ${annotation("a..b/c")}`,
    ],
    ["prefix part must be non-empty", "serviceAnnotations: { /c: x }", `23:27 ${annotation("/c")}`],
    [
      "prefix part must be no more than 253 bytes",
      `serviceAnnotations: { ${"a".repeat(254)}/c: x }`,
      `23:27 ${annotation(`${"a".repeat(254)}/c`)}`,
    ],
    [
      'spec.template.spec.nodeSelector: Invalid value: "a b": name part must consist of alphanumeric characters',
      'nodeSelector: { "a b": x }',
      `23:21 ${label('workloads.web.nodeSelector."a b"')}`,
    ],
    [
      "name part must start and end with an alphanumeric character",
      "nodeSelector: { disk-: x }",
      `23:21 ${label("workloads.web.nodeSelector.disk-")}`,
    ],
    [
      "nodeSelector: a DNS name in capitals, which annotations may have",
      "nodeSelector: { Example.com/a: x }",
      `23:21 ${label("workloads.web.nodeSelector.Example.com/a")}`,
    ],
    [
      "spec.tolerations[0].key: name part must consist of alphanumeric characters",
      'tolerations: [{ key: "a b" }]',
      `23:26 ${label("workloads.web.tolerations[0].key")}, got: "a b"`,
    ],
    [
      "spec.tolerations[0].operator: a valid label must be an empty string or consist of alphanumeric characters",
      "tolerations: [{ key: a, operator: Equal, value: a/b }]",
      `23:53 workloads.web.tolerations[0].value must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, got: "a/b"`,
    ],
    [
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      "resources: { memory: 128MB }",
      '23:26 workloads.web.resources.memory must be a Kubernetes quantity such as 100m or 128Mi, got: "128MB"',
    ],
    [
      "unable to parse quantity's suffix",
      "resources: { memory: 1ki }",
      '23:26 workloads.web.resources.memory must be a Kubernetes quantity such as 100m or 128Mi, got: "1ki"',
    ],
    [
      "unable to parse quantity's suffix: a K alone",
      "resources: { memory: 1000000K }",
      '23:26 workloads.web.resources.memory must be a Kubernetes quantity such as 100m or 128Mi, got: "1000000K"',
    ],
    [
      "must be less than or equal to cpu limit of 100m",
      'resources: { cpu: 500m, cpuLimit: "0.1" }',
      '23:39 workloads.web.resources.cpuLimit must be at least resources.cpu = 500m, got: "0.1"',
    ],
    [
      "must not have bits set beyond the prefix length",
      'expose: LoadBalancer\n    allowedSources: ["10.0.0.1/8"]',
      '24:22 workloads.web.allowedSources[0] must not have bits set beyond the prefix length; did you mean "10.0.0.0/8"?, got: "10.0.0.1/8"',
    ],
    [
      "metadata.annotations: Too long: may not be more than 262144 bytes",
      `serviceAnnotations: { a: ${"x".repeat(262_144)} }`,
      "23:5 workloads.web.serviceAnnotations must be at most 262144 bytes, keys and values together, and is 262145",
    ],
    [
      "spec.securityContext.runAsUser: must be between 0 and 2147483647, inclusive",
      "runAsUser: 2147483648",
      "23:16 workloads.web.runAsUser must be a whole number from 1 to 2147483647, got: 2147483648",
    ],
    [
      "mountPath: must be unique",
      "writablePaths: [/tmp, /tmp/]",
      '23:27 workloads.web.writablePaths[1] is listed twice, got: "/tmp/"',
    ],
    [
      "metadata.annotations[…]: may only be used when `type` is 'LoadBalancer'",
      "serviceAnnotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8 }",
      '23:83 workloads.web.serviceAnnotations.service.beta.kubernetes.io/load-balancer-source-ranges needs expose: LoadBalancer, and ranges in CIDR notation with commas between them: allowedSources is simpler, got: "10.0.0.0/8"',
    ],
    [
      'namespaces "kube-shop" not found',
      "namespace: kube-shop",
      '23:16 workloads.web.namespace must not begin with kube-, which is reserved; where it exists: namespaces: { kube-shop: { existing: true } }, got: "kube-shop"',
    ],
  ])("%s", (_words, settings, line) => {
    expect(refusal(web(settings))).toEqual([`environments/demo.yaml:${line}`]);
  });

  test('services "kubernetes" already exists', () => {
    expect(refusal(changed("  api:\n    image", "  kubernetes:\n    image"))).toEqual([
      "environments/demo.yaml:23:3 workloads.kubernetes must not be called kubernetes in the namespace default: every cluster has that service",
    ]);
  });
});

describe("what the kubelet or the container's runtime would refuse is refused at once:", () => {
  const VARIABLE =
    "must be at most 131071 bytes with its name, without a zero byte: no program starts with such a variable";
  const FOLDER = "must be a folder below / without '..', and not in /proc";

  test.each([
    ["exec: argument list too long", `env: { A: ${"x".repeat(131_070)} }`, `23:15 workloads.web.env.A ${VARIABLE}`],
    ["a variable with a zero byte", 'env: { A: "a\\0b" }', `23:15 workloads.web.env.A ${VARIABLE}`],
    [
      "cannot be mounted because it is inside /proc",
      "writablePaths: [/proc/sys]",
      `23:21 workloads.web.writablePaths[0] ${FOLDER}, got: "/proc/sys"`,
    ],
    ["the root", "writablePaths: [//]", `23:21 workloads.web.writablePaths[0] ${FOLDER}, got: "//"`],
    ["a step up", "writablePaths: [/a/../tmp]", `23:21 workloads.web.writablePaths[0] ${FOLDER}, got: "/a/../tmp"`],
  ])("%s", (_words, settings, line) => {
    expect(refusal(web(settings))).toEqual([`environments/demo.yaml:${line}`]);
  });
});

describe("what would never come to rest, or is never meant, is refused:", () => {
  const CPU = "must be whole thousandths (1m): the API server rounds it up, and no plan after that is ever empty";

  test.each([
    ["cpu: 0.5m", `23:23 workloads.web.resources.cpu ${CPU}, got: "0.5m"`],
    ['cpu: "0.0001"', `23:23 workloads.web.resources.cpu ${CPU}, got: "0.0001"`],
    ["cpu: 100u", `23:23 workloads.web.resources.cpu ${CPU}, got: "100u"`],
    ["cpuLimit: 1000.5m", `23:28 workloads.web.resources.cpuLimit ${CPU}, got: "1000.5m"`],
    [
      "memory: 512m",
      '23:26 workloads.web.resources.memory must be bytes, and m means thousandths of one; did you mean "512Mi"?, got: "512m"',
    ],
    [
      "memory: 512000m",
      '23:26 workloads.web.resources.memory must be bytes, and m means thousandths of one; did you mean "512000Mi"?, got: "512000m"',
    ],
    ['memory: "0.3"', '23:26 workloads.web.resources.memory must be bytes, and m means thousandths of one, got: "0.3"'],
  ])("%s", (setting, line) => {
    expect(refusal(web(`resources: { ${setting} }`))).toEqual([`environments/demo.yaml:${line}`]);
  });
});

describe("what the API server takes is taken:", () => {
  test.each([
    'serviceAnnotations: { Example.COM/a: "", a.b_c-d: x }',
    `serviceAnnotations: { ${"a".repeat(253)}/${"b".repeat(63)}: x }`,
    `serviceAnnotations: { a: ${"x".repeat(262_143)} }`,
    "nodeSelector: { disktype: ssd, example.com/pool: a }",
    'tolerations: [{ key: example.com/a, operator: Equal, value: "" }]',
    "resources: { memory: 131072Ki }",
    'resources: { memory: "1e9", cpu: "0.25" }',
    "resources: { memory: 1.5Gi, cpu: 1m, cpuLimit: 1000m }",
    'resources: { cpu: "1", cpuLimit: 1000m }',
    "resources: { memory: 1E }",
    'expose: LoadBalancer\n    allowedSources: ["10.0.0.0/8", "203.0.113.7/32", "0.0.0.0/0"]',
    'expose: LoadBalancer\n    serviceAnnotations: { service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8, 192.168.0.0/16" }',
    "runAsUser: 2147483647",
    "writablePaths: [/tmp, /var, /var/cache, /procession]",
    `env: { A: ${"x".repeat(131_069)} }`,
    "namespace: kubernetes",
    "namespace: kube-system",
    "namespace: kube-node-lease",
  ])("%s", (settings) => {
    expect(refusal(web(settings))).toEqual([]);
  });

  test("a reserved namespace that somebody else made", () => {
    const yaml = web("namespace: kube-flannel");
    expect(refusal(`${yaml}namespaces: { kube-flannel: { existing: true } }\n`)).toEqual([]);
  });

  test("a workload called kubernetes elsewhere", () => {
    const yaml = BASE.replace("  api:\n    image", "  kubernetes:\n    namespace: shop\n    image");
    expect(refusal(yaml)).toEqual([]);
  });
});
