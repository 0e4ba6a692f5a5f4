import { environmentFrom } from "../../support/environment";
import { changed, refusal } from "../base";

/** The base with settings of the workload web, from line 23 on. */
const web = (settings: string) => changed("port: 8080", `port: 8080\n    ${settings}`);
/** The same without a port: line 22 on. */
const worker = (settings: string) => changed("port: 8080", settings);
const place = (line: string) => `environments/demo.yaml:${line}`;
const MANIFESTS =
  "is not a known key: workloads are a short form; what needs more is Kubernetes YAML, named in manifests";

describe("a worker", () => {
  test("needs no port", () => {
    expect(refusal(worker("replicas: 1"))).toEqual([]);
  });

  test.each([
    [
      "expose: LoadBalancer",
      '22:13 workloads.web.expose needs a port: without one there are no service and no probes, got: "LoadBalancer"',
    ],
    ["servicePort: 80", "22:18 workloads.web.servicePort needs a port: without one there are no service and no probes"],
    ["health: { path: / }", "22:13 workloads.web.health needs a port: without one there are no service and no probes"],
    [
      "probes: { periodSeconds: 5 }",
      "22:13 workloads.web.probes needs a port: without one there are no service and no probes",
    ],
    [
      "serviceAnnotations: { a: b }",
      "22:25 workloads.web.serviceAnnotations needs a port: without one there are no service and no probes",
    ],
  ])("with %s is refused", (settings, line) => {
    expect(refusal(worker(settings))).toEqual([place(line)]);
  });
});

describe("a variable", () => {
  test("may be a text, or lie in a secret or a config map", () => {
    const { workloads } = environmentFrom(
      web("env: { A: a, B: { secret: db.main, key: url }, C: { configMap: settings, key: .mode } }"),
    );
    expect(workloads.web?.env).toEqual({
      A: { text: "a" },
      B: { kind: "secret", name: "db.main", key: "url" },
      C: { kind: "configMap", name: "settings", key: ".mode" },
    });
  });

  test.each([
    ["no place", "{ key: url }", "23:16 workloads.web.env.DB must have exactly one of the keys secret, configMap"],
    [
      "two places",
      "{ secret: a, configMap: b, key: url }",
      "23:16 workloads.web.env.DB must have exactly one of the keys secret, configMap",
    ],
    ["no key", "{ secret: db }", "23:12 workloads.web.env.DB.key is required"],
    [
      "an unknown key",
      "{ secret: db, kee: url, key: url }",
      '23:30 workloads.web.env.DB.kee is not a known key; did you mean "key"?',
    ],
    [
      "a key that no secret has",
      "{ secret: db, key: a/b }",
      "23:35 workloads.web.env.DB.key must be a key of a secret or a config map: at most 253 letters, digits, '-', '_' or '.', got: \"a/b\"",
    ],
    [
      "a key that leads upwards",
      "{ secret: db, key: .. }",
      "23:35 workloads.web.env.DB.key must be a key of a secret or a config map: at most 253 letters, digits, '-', '_' or '.', got: \"..\"",
    ],
    ["a list", "[a]", "23:16 workloads.web.env.DB must be a string or a mapping, got: a list"],
    ["a number", "1", "23:16 workloads.web.env.DB must be a string (put it in quotes) or a mapping, got: 1"],
  ])("with %s is refused", (_title, value, line) => {
    expect(refusal(web(`env: { DB: ${value} }`))).toEqual([place(line)]);
  });
});

test.each([
  ["an empty command", "command: []", "23:14 workloads.web.command must not be empty, got: a list"],
  ["a command that is a text", "command: run", '23:14 workloads.web.command must be a list, got: "run"'],
  [
    "a limit below its request",
    "resources: { memory: 1Gi, memoryLimit: 512Mi }",
    '23:44 workloads.web.resources.memoryLimit must be at least resources.memory = 1Gi, got: "512Mi"',
  ],
  [
    "thousandths of bytes",
    "resources: { memory: '0', memoryLimit: 512m }",
    '23:44 workloads.web.resources.memoryLimit must be bytes, and m means thousandths of one; did you mean "512Mi"?, got: "512m"',
  ],
  [
    "a start that takes as long as a rollout",
    "probes: { startupSeconds: 300 }",
    "23:31 workloads.web.probes.startupSeconds must be below rolloutDeadlineSeconds = 300: a rollout would fail before the program has started, got: 300",
  ],
  [
    "a user that is root",
    "runAsRoot: raw sockets\n    runAsUser: 101",
    "24:16 workloads.web.runAsUser must be left out with runAsRoot, which is user 0, got: 101",
  ],
  ["root without a reason", 'runAsRoot: ""', '23:16 workloads.web.runAsRoot must not be empty, got: ""'],
  [
    "root that is true",
    "runAsRoot: true",
    "23:16 workloads.web.runAsRoot must be a string (put it in quotes), got: true",
  ],
  [
    "root in a restricted namespace",
    "namespace: shop\n    runAsRoot: raw sockets",
    "24:16 workloads.web.runAsRoot is refused by the namespace shop, which is made here and enforces the restricted standard: namespaces: { shop: { podSecurity: baseline } }",
  ],
  [
    "an account that nobody makes",
    "namespace: shop\n    serviceAccount: web",
    '24:21 workloads.web.serviceAccount is made by nobody: the namespace is made here, so is the account: namespaces: { shop: { serviceAccounts: [web] } }, got: "web"',
  ],
  ["volumes", "volumes: []", `23:5 workloads.web.volumes ${MANIFESTS}`],
  ["sidecars", "sidecars: []", `23:5 workloads.web.sidecars ${MANIFESTS}`],
  ["an ingress", "ingress: {}", `23:5 workloads.web.ingress ${MANIFESTS}`],
  ["init containers", "initContainers: []", `23:5 workloads.web.initContainers ${MANIFESTS}`],
  [
    "several ports",
    "ports: [80, 81]",
    `23:5 workloads.web.ports is not a known key; did you mean "port"?${MANIFESTS.slice("is not a known key".length)}`,
  ],
])("refused: %s", (_title, settings, line) => {
  expect(refusal(web(settings))).toEqual([place(line)]);
});

test.each([
  ["root in a namespace of others", "runAsRoot: raw sockets"],
  ["an account of others", "serviceAccount: web"],
  ["limits above requests", "resources: { memory: 64Mi, memoryLimit: 1Gi }"],
])("accepted: %s", (_title, settings) => {
  expect(refusal(web(settings))).toEqual([]);
});

test("volumes in defaults are for manifests as well", () => {
  expect(refusal(`defaults: { workloads: { volumes: [] } }\n${changed("a", "a")}`)).toEqual([
    place(`1:26 defaults.workloads.volumes ${MANIFESTS}`),
  ]);
});
