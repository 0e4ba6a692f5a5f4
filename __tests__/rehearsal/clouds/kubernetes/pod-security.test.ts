import type { Container, PodSpec } from "../../../../rehearsal/clouds/kubernetes/api-object";
import { modeLabel, violation, type Mode } from "../../../../rehearsal/clouds/kubernetes/pod-security";
import { deployment } from "../world";

const SAFE: Container["securityContext"] = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const POD: PodSpec["securityContext"] = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

function judge(level: string, pod: Partial<PodSpec>, container: Partial<Container> = {}, mode: Mode = "enforce") {
  return violation({ [modeLabel(mode)]: level }, mode, deployment({ pod, container }).spec.template);
}

describe("restricted", () => {
  const restricted = (pod: Partial<PodSpec>, own: Container["securityContext"] = {}, more: Partial<Container> = {}) =>
    judge("restricted", { securityContext: POD, ...pod }, { securityContext: { ...SAFE, ...own }, ...more });

  test("refuses a pod that sets nothing, by every rule", () => {
    expect(judge("restricted", {})).toBe(
      [
        'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "acr-app2" must set securityContext.allowPrivilegeEscalation=false)',
        'unrestricted capabilities (container "acr-app2" must set securityContext.capabilities.drop=["ALL"])',
        'runAsNonRoot != true (pod or container "acr-app2" must set securityContext.runAsNonRoot=true)',
        'seccompProfile (pod or container "acr-app2" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ].join(", "),
    );
  });

  test("takes from the pod what the pod can set for all containers", () => {
    expect(restricted({})).toBeUndefined();
  });

  test("refuses a container that overrides its pod with what the provider sends for nothing", () => {
    expect(restricted({}, { runAsNonRoot: false })).toBe(
      'violates PodSecurity "restricted:latest": runAsNonRoot != true (container "acr-app2" must not set securityContext.runAsNonRoot=false)',
    );
  });

  test.each<[string, string | undefined]>([
    ["runAsUser: 0", restricted({}, { runAsUser: 0 })],
    ["runAsUser: 0 of the pod", restricted({ securityContext: { ...POD, runAsUser: 0 } })],
    ["a seccomp profile", restricted({}, { seccompProfile: { type: "Unconfined" } })],
    ["a capability", restricted({}, { capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } })],
    ["a volume", restricted({ volumes: [{ name: "host", hostPath: { path: "/" } }] })],
    ["an unsafe sysctl", restricted({ securityContext: { ...POD, sysctls: [{ name: "kernel.msgmax", value: "1" }] } })],
    ["runAsNonRoot: false of the pod", restricted({ securityContext: { ...POD, runAsNonRoot: false } })],
  ])("refuses %s", (_, found) => {
    expect(found?.replace('violates PodSecurity "restricted:latest": ', "")).toMatchSnapshot();
  });

  test.each<[string, string | undefined]>([
    ["NET_BIND_SERVICE", restricted({}, { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })],
    ["volumes of the allowed kinds", restricted({ volumes: [{ name: "tmp", emptyDir: {} }] })],
    [
      "a sysctl that is safe",
      restricted({
        securityContext: { ...POD, sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
      }),
    ],
  ])("allows %s", (_, found) => {
    expect(found).toBeUndefined();
  });

  test("looks at init containers too, and names all that are bad", () => {
    const bad = judge(
      "restricted",
      { securityContext: POD, initContainers: [{ name: "init", image: "a" }] },
      { securityContext: { capabilities: { drop: ["ALL"] } } },
    );
    expect(bad).toContain('containers "init", "acr-app2" must set securityContext.allowPrivilegeEscalation=false');
    expect(bad).toContain('container "init" must set securityContext.capabilities.drop=["ALL"]');
  });
});

describe("baseline", () => {
  test("allows a pod that sets nothing", () => {
    expect(judge("baseline", {})).toBeUndefined();
  });

  test.each<[string, Partial<PodSpec>, Partial<Container>]>([
    ["host namespaces", { hostNetwork: true, hostPID: true }, {}],
    ["a host port", {}, { ports: [{ containerPort: 80, hostPort: 80 }] }],
    ["privileged containers", {}, { securityContext: { privileged: true } }],
    ["other capabilities", {}, { securityContext: { capabilities: { add: ["SYS_ADMIN", "CHOWN"] } } }],
    ["host paths", { volumes: [{ name: "host", hostPath: { path: "/" } }] }, {}],
    ["Unconfined", {}, { securityContext: { seccompProfile: { type: "Unconfined" } } }],
    ["another type of SELinux", { securityContext: { seLinuxOptions: { type: "spc_t", user: "u" } } }, {}],
    ["a mask of /proc", {}, { securityContext: { procMount: "Unmasked" } }],
    ["host processes", { securityContext: { windowsOptions: { hostProcess: true } } }, {}],
  ])("refuses %s", (_, pod, container) => {
    expect(judge("baseline", pod, container)).toMatchSnapshot();
  });
});

test.each([["privileged"], ["unknown"]])("%s refuses nothing", (level) => {
  expect(judge(level, { hostNetwork: true })).toBeUndefined();
});

test("a namespace without labels refuses nothing", () => {
  expect(violation(undefined, "enforce", deployment().spec.template)).toBeUndefined();
});

test("what would be refused is said where a namespace only warns, and with the version that it names", () => {
  const labels = { [modeLabel("warn")]: "baseline", [`${modeLabel("warn")}-version`]: "v1.30" };
  const { template } = deployment({ pod: { hostIPC: true } }).spec;
  expect(violation(labels, "warn", template)).toBe(
    'would violate PodSecurity "baseline:v1.30": host namespaces (hostIPC=true)',
  );
  expect(violation(labels, "enforce", template)).toBeUndefined();
});
