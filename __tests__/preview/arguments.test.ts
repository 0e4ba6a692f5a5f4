import { buildArguments } from "../../preview/build-arguments";
import type { PodSpec } from "../../preview/pod-spec";
import { quantity } from "../../preview/quantity";
import { runArguments } from "../../preview/run-arguments";

test("a build has every argument of the images stack, and its context last", () => {
  const request = {
    ...{ context: "/context", dockerfile: "docker/Dockerfile", platform: "linux/arm64", target: "web" },
    ...{ buildArgs: { A: "1", B: "two words" }, labels: { "org.opencontainers.image.title": "web" } },
  };
  expect(buildArguments("a-tag", request)).toEqual([
    ...["build", "--tag", "a-tag", "--file", "/context/docker/Dockerfile"],
    ...["--platform", "linux/arm64", "--target", "web"],
    ...["--build-arg", "A=1", "--build-arg", "B=two words"],
    ...["--label", "org.opencontainers.image.title=web"],
    "/context",
  ]);
});

test("a build without options has none", () => {
  expect(buildArguments("a-tag", { context: "/context" })).toEqual([
    ...["build", "--tag", "a-tag", "--file", "/context/Dockerfile", "/context"],
  ]);
});

const CONFINED: PodSpec = {
  security_context: {},
  container: [
    {
      port: [{ container_port: 8080 }],
      resources: { limits: { memory: "128Mi" } },
      security_context: {
        allow_privilege_escalation: false,
        read_only_root_filesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      readiness_probe: {},
    },
  ],
};

test("a container is confined as its pod is", () => {
  expect(runArguments(CONFINED)).toEqual([
    ...["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--memory", "134217728"],
  ]);
});

test("a container has the user, the sysctl, the folders, the variables and the CPUs of its pod", () => {
  const [container] = CONFINED.container;
  const options = runArguments({
    security_context: { run_as_user: "1000", sysctl: [{ name: "net.a", value: "0" }] },
    container: [
      {
        ...container,
        env: [{ name: "MODE", value: "a b" }],
        resources: { limits: { memory: "1Gi", cpu: "500m" } },
        volume_mount: [{ mount_path: "/tmp" }, { mount_path: "/var/cache" }],
      },
    ],
  }).join(" ");
  for (const part of [
    ...["--user 1000", "--sysctl net.a=0", "--env MODE=a b", "--memory 1073741824", "--cpus 0.5"],
    "--tmpfs /tmp:exec,mode=0777 --tmpfs /var/cache:exec,mode=0777",
  ]) {
    expect(options).toContain(part);
  }
});

test("nothing is taken from a container that its pod leaves to it", () => {
  const [container] = CONFINED.container;
  const lax = {
    allow_privilege_escalation: true,
    read_only_root_filesystem: false,
    capabilities: { drop: [] },
  };
  expect(runArguments({ ...CONFINED, container: [{ ...container, security_context: lax }] })).toEqual([
    ...["--memory", "134217728"],
  ]);
});

test.each([
  ["100m", 0.1],
  ["2", 2],
  ["1.5", 1.5],
  ["64k", 64_000],
  ["64Ki", 65_536],
  ["1.5Gi", 1_610_612_736],
])("the quantity %s is %d", (text, number) => {
  expect(quantity(text)).toBe(number);
});

test.each(["", "Mi", "1 Gi", "1Xi"])("%j is no quantity", (text) => {
  expect(() => quantity(text)).toThrow(`no Kubernetes quantity: "${text}"`);
});
