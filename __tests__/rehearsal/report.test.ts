import { formatReport, type Report } from "../../rehearsal/report";

const stacks = [
  { name: "demo-registry", resources: 2, seconds: 0.74 },
  { name: "demo-identity-aksdemo2", resources: 17, seconds: 12.06 },
];
const nothing: Report = {
  environment: "demo",
  passed: true,
  seconds: 4.56,
  stacks,
  warnings: [],
  faults: [],
  outages: [],
  leftovers: [],
};
const TABLE = `stack                   resources  seconds
demo-registry                   2      0.7
demo-identity-aksdemo2         17     12.1`;

it("tells stacks, images, pulls and pods, then faults, warnings and the destroy", () => {
  const pull = { cluster: "aksdemo2", username: "client", role: "AcrPull on acrdemo2ss" };
  const story = {
    images: [{ image: "acrdemo2ss.azurecr.io/app:v1", digest: "sha256:ab" }],
    pulls: [{ ...pull, expires: "2026-06-01T00:00:00Z", applyBefore: "2026-05-01T00:00:00Z" }],
    workloads: [{ cluster: "aksdemo2", workload: "default/app", running: 1, replicas: 2, address: "20.0.0.1" }],
  };
  expect(formatReport({ ...nothing, story, faults: ["create failed"], warnings: ["Check block\nexpired"] })).toBe(
    `${TABLE}

image    acrdemo2ss.azurecr.io/app:v1 is sha256:ab
pull     aksdemo2 pulls as client, AcrPull on acrdemo2ss; until 2026-06-01T00:00:00Z, apply again before 2026-05-01T00:00:00Z
pods     aksdemo2: default/app runs 1 of 2 at 20.0.0.1
fault    create failed
warning  Check block expired
destroy  nothing is left

passed demo in 4.6 s`,
  );
});

it("tells who starts while the registry is away, and why others do not", () => {
  const workload = { cluster: "one", workload: "default/web", replicas: 2 };
  const outages = [
    { ...workload, starts: 2 },
    { ...workload, cluster: "two", starts: 0, reason: "Pod web: Failed: Error: ErrImagePull" },
  ];
  expect(formatReport({ ...nothing, outages })).toContain(
    [
      "away     one: default/web starts 2 of 2 while the registry is away",
      "away     two: default/web starts 0 of 2 while the registry is away: Pod web: Failed: Error: ErrImagePull",
    ].join("\n"),
  );
});

it("leaves out rights and deadlines that a pull does not have", () => {
  const pull = { cluster: "others", username: "client", role: "", expires: "", applyBefore: "" };
  const report = formatReport({ ...nothing, story: { images: [], pulls: [pull], workloads: [] } });
  expect(report).toContain("\npull     others pulls as client\n");
});

it("begins with the cause of a failure, and ends with the log", () => {
  const failure = {
    stack: "demo-images",
    step: "apply",
    address: "docker_image.app",
    reason: "no daemon\nat all",
  } as const;
  expect(formatReport({ ...nothing, passed: false, failure, log: "/tmp/terraform.log" })).toBe(
    `FAILED demo-images apply: docker_image.app
  no daemon
  at all

${TABLE}

failed demo in 4.6 s
Terraform's output: /tmp/terraform.log`,
  );
});

it("names a stack alone where the failure is of no resource", () => {
  const failure = { stack: "demo-images", step: "init", reason: "no backend" } as const;
  expect(formatReport({ ...nothing, passed: false, failure })).toMatch(/^FAILED demo-images init:\n {2}no backend\n/);
});

it("names what is left", () => {
  expect(formatReport({ ...nothing, passed: false, leftovers: ["one", "other"] })).toMatch(
    /\ndestroy {2}left: one, other\n\nfailed demo/,
  );
});

it("tells of no destroy where everything was kept", () => {
  expect(formatReport({ ...nothing, log: "/tmp/terraform.log" })).toBe(
    `${TABLE}\n\npassed demo in 4.6 s\nTerraform's output: /tmp/terraform.log`,
  );
});
