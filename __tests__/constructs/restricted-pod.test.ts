import { podSpec } from "../../constructs/restricted-pod";
import { ALL_WORKLOAD, workloadFrom, type WorkloadProps } from "./workload";

const SELECTOR = { "app.kubernetes.io/name": "web" };

function podOf(workload: WorkloadProps, image = "host/web@sha256:0") {
  const pod = podSpec({ ...workload, name: "web", image, pullSecretName: "secret", selector: SELECTOR });
  // As in the synthesized file, where what is undefined is left out.
  return JSON.parse(JSON.stringify(pod)) as Record<string, unknown> & { container: [Record<string, unknown>] };
}

function pod(settings: string) {
  return podOf(workloadFrom(settings));
}

const SILENT = pod("");

describe("what is silent", () => {
  test("pulls with the secret that it was given", () => {
    expect(SILENT.imagePullSecrets).toEqual([{ name: "secret" }]);
  });

  test("satisfies the restricted standard: no root, no escalation, no capability, the runtime's seccomp profile", () => {
    expect(SILENT.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    // Of the container too: what the provider sends for an argument that is left out overrides the pod's.
    expect(SILENT.container[0].securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  test("gets no token of the cluster and no addresses of other services", () => {
    expect(SILENT).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test("can write to /tmp only", () => {
    expect(SILENT.volume).toEqual([{ name: "writable-0", emptyDir: {} }]);
    expect(SILENT.container[0].volumeMount).toEqual([{ name: "writable-0", mountPath: "/tmp" }]);
  });

  test("is one container of the image", () => {
    expect(SILENT.container).toEqual([expect.objectContaining({ name: "web", image: "host/web@sha256:0" })]);
  });

  test("names its port, so that probes and service need no number", () => {
    expect(SILENT.container[0].port).toEqual([{ name: "http", containerPort: 8080 }]);
  });

  test("is probed by opening a connection", () => {
    const probe = { tcpSocket: [{ port: "http" }] };
    expect(SILENT.container[0]).toMatchObject({
      startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
      readinessProbe: probe,
      livenessProbe: { ...probe, periodSeconds: 20 },
    });
  });

  test("requests CPU and memory, and limits memory alone", () => {
    expect(SILENT.container[0].resources).toEqual({
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { memory: "128Mi" },
    });
  });

  test.each(["nodeSelector", "toleration", "topologySpreadConstraint"])("has no %s", (argument) => {
    expect(SILENT).not.toHaveProperty(argument);
  });

  test("has no environment variables", () => {
    expect(SILENT.container[0]).not.toHaveProperty("env");
  });
});

describe("the registry is asked", () => {
  const policyOf = (image: string, settings = "") => podOf(workloadFrom(settings), image).container[0].imagePullPolicy;

  test("once a node where the image is pinned: what ran can start again while the registry is away", () => {
    expect(policyOf("host/web@sha256:0")).toBe("IfNotPresent");
  });

  test("at every start where the image is a tag, which may move", () => {
    expect(policyOf("host/web:v1-0")).toBe("Always");
  });

  test.each(["Always", "IfNotPresent"])("as pullPolicy: %s says", (policy) => {
    expect(policyOf("host/web@sha256:0", `pullPolicy: ${policy}`)).toBe(policy);
    expect(policyOf("host/web:v1-0", `pullPolicy: ${policy}`)).toBe(policy);
  });
});

describe("a privileged port", () => {
  const sysctl = [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }];

  test.each([80, 1023])("%i may be listened on without root", (port) => {
    expect(podOf({ ...workloadFrom(""), port }).securityContext).toMatchObject({ sysctl });
  });

  test("is one below 1024", () => {
    expect(podOf({ ...workloadFrom(""), port: 1024 }).securityContext).not.toHaveProperty("sysctl");
  });
});

describe("replicas", () => {
  test("of two are spread over nodes where that is possible", () => {
    expect(pod("replicas: 2").topologySpreadConstraint).toEqual([
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: [{ matchLabels: SELECTOR }],
      },
    ]);
  });
});

describe("virtual nodes", () => {
  test("are selected and tolerated", () => {
    expect(pod("virtualNodes: true")).toMatchObject({
      nodeSelector: { "kubernetes.io/role": "agent", "kubernetes.io/os": "linux", type: "virtual-kubelet" },
      toleration: [
        { key: "virtual-kubelet.io/provider", operator: "Exists" },
        { key: "azure.com/aci", effect: "NoSchedule" },
      ],
    });
  });
});

test("no writable path means no volume", () => {
  const spec = pod("writablePaths: []");
  expect(spec).not.toHaveProperty("volume");
  expect(spec.container[0]).not.toHaveProperty("volumeMount");
});

test("all options", () => {
  const probe = { httpGet: { path: "/healthz", port: "http" }, timeoutSeconds: 3 };
  expect(podOf(ALL_WORKLOAD)).toEqual({
    imagePullSecrets: [{ name: "secret" }],
    serviceAccountName: "web",
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: false, runAsUser: "0", seccompProfile: { type: "RuntimeDefault" } },
    nodeSelector: {
      "kubernetes.io/role": "agent",
      "kubernetes.io/os": "linux",
      type: "virtual-kubelet",
      pool: "shop",
    },
    toleration: [
      { key: "virtual-kubelet.io/provider", operator: "Exists" },
      { key: "azure.com/aci", effect: "NoSchedule" },
      { key: "dedicated", operator: "Equal", value: "shop", effect: "NoSchedule" },
    ],
    topologySpreadConstraint: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: [{ matchLabels: SELECTOR }],
      },
    ],
    container: [
      {
        name: "web",
        image: "host/web@sha256:0",
        imagePullPolicy: "Always",
        command: ["/bin/web"],
        args: ["--verbose"],
        port: [{ name: "http", containerPort: 80 }],
        env: [
          { name: "LOG_LEVEL", value: "info" },
          { name: "DB", valueFrom: { secretKeyRef: { name: "db", key: "url" } } },
          { name: "MODE", valueFrom: { configMapKeyRef: { name: "settings", key: "mode" } } },
        ],
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "512Mi", cpu: "1" } },
        securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: false, readOnlyRootFilesystem: false },
        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 45 },
        readinessProbe: { ...probe, periodSeconds: 5, failureThreshold: 6 },
        livenessProbe: { ...probe, periodSeconds: 5, failureThreshold: 6 },
        volumeMount: [
          { name: "writable-0", mountPath: "/tmp" },
          { name: "writable-1", mountPath: "/var/cache" },
        ],
      },
    ],
    volume: [
      { name: "writable-0", emptyDir: {} },
      { name: "writable-1", emptyDir: {} },
    ],
  });
});

describe("a worker, which listens on no port", () => {
  const silent = podOf({ ...workloadFrom(""), port: undefined });

  test("has neither ports nor probes, and no sysctl for ports", () => {
    expect(Object.keys(silent.container[0]).filter((key) => /port|probe/i.test(key))).toEqual([]);
    expect(silent.securityContext).not.toHaveProperty("sysctl");
  });
});

test("text of a command and of its arguments is text", () => {
  expect(pod('command: ["${a}"], args: ["%{b}"]').container[0]).toMatchObject({ command: ["$${a}"], args: ["%%{b}"] });
});

test("a program has at least the time that it is given to start", () => {
  expect(pod("probes: { startupSeconds: 31 }").container[0]).toMatchObject({ startupProbe: { failureThreshold: 16 } });
});
