import { calendarOf } from "../../../pictures/calendar/calendar";
import { calendarDocument } from "../../../pictures/calendar/documents";
import { environmentFrom, load } from "../../support/environment";
import { PROJECT } from "../../support/synthesized";
import { parseHtml, parseSvg } from "../support/parsers";

const NOW = new Date("2026-11-26T12:00:00Z");

const shipped = (...files: string[]) => calendarOf(load(PROJECT, files).environments, { now: NOW });

it("has a schedule for those of an environment who rotate alike, and tells who has no password", () => {
  const { schedules, without } = shipped("examples/pull-methods.yaml", "examples/fleet.yaml");
  expect(
    schedules.map(
      ({ environment, rotation, holders }) => `${environment} ${rotation.periodDays}: ${holders.join(", ")}`,
    ),
  ).toEqual([
    "fleet 14: cluster eu-core, cluster eu-edge-1, cluster eu-edge-2, cluster us-core, cluster us-edge-1, cluster us-edge-2, cluster us-aks, cluster asia-core",
    "fleet 30: cluster asia-edge",
    "pull-methods 30: cluster principal, cluster vault, cluster token",
  ]);
  expect(without.map(({ environment, cluster, pull }) => `${environment} ${cluster} ${pull}`)).toEqual([
    "fleet eu-aks managedIdentity",
    "pull-methods identity managedIdentity",
    "pull-methods others existingSecret",
  ]);
});

it("has the passwords of tokens for others, and those that a cluster keeps on its way to none", () => {
  const environment = environmentFrom(`
registry:
  { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Premium, tokens: { ci: { name: ci-token, repositories: [web], vault: { name: shop-kv, resourceGroup: rg }, rotation: { periodDays: 7 } } } }
clusters:
  one:
    kubeconfig: {}
    pull: { federated: { issuer: "https://issuer.example.com", controller: externalSecrets, formerly: { rotation: { periodDays: 14 } } } }
namespaces: { shop: { clusters: [one] } }
images: {}
workloads: {}
`);
  const { schedules, without } = calendarOf([environment], { now: NOW });
  expect(schedules.map(({ rotation, holders }) => [rotation.periodDays, ...holders])).toEqual([
    [14, "cluster one, which needs none soon"],
    [7, "token ci"],
  ]);
  expect(without).toEqual([]);
});

it("begins now, and ends with the password that is in use", () => {
  const { from, to, schedules } = shipped("environments/demo.yaml");
  expect([from, to]).toEqual([NOW, new Date("2027-03-10T00:00:00Z")]);
  const made = schedules[0]?.passwords.map((password) => password.made.toISOString().slice(0, 10));
  expect(made).toEqual([
    ...[
      "2026-07-13",
      "2026-08-12",
      "2026-09-11",
      "2026-10-11",
      "2026-11-10",
      "2026-12-10",
      "2027-01-09",
      "2027-02-08",
      "2027-03-10",
    ],
  ]);
});

it.each([
  [NOW, "--to must be after --from, by at most 3660 days, got: 2026-11-26 to 2026-11-26"],
  [new Date("2126-11-26"), "--to must be after --from, by at most 3660 days, got: 2026-11-26 to 2126-11-26"],
])("refuses an end at %p", (to, message) => {
  expect(() => calendarOf(load(PROJECT, ["environments/demo.yaml"]).environments, { now: NOW, to })).toThrow(
    new Error(message),
  );
});

it("says in words what a missed run does", () => {
  const { text } = parseHtml(calendarDocument(shipped("environments/demo.yaml"), "html"));
  expect(text).toContain(
    "Apply identity, then workload, before 2027-02-08 00:00 UTC ; it ends at 2027-03-10 00:00 UTC .",
  );
  expect(text).toContain(
    "2027-03-10 Pulls of new pods fail from 2027-03-10 on, when the password ends, until the workload apply, which comes on that day at the soonest.",
  );
});

it("marks today, what is in use and the deadline", () => {
  const { text } = parseSvg(calendarDocument(shipped("environments/demo.yaml"), "svg"));
  for (const words of ["today", "in use", "apply before 2027-02-08", "slot 3"]) expect(text).toContain(words);
});

it("draws one schedule as SVG, and refuses more and none", () => {
  expect(() => calendarDocument(shipped("examples/fleet.yaml"), "svg")).toThrow(
    new Error(
      "--format svg draws one schedule, got: fleet: a new password every 14 days, 4 at a time, in use after 1 period; " +
        "fleet: a new password every 30 days, 4 at a time, in use after 1 period; choose by --environment and --cluster, or --format html",
    ),
  );
  expect(() => calendarDocument({ ...shipped("environments/demo.yaml"), schedules: [] }, "svg")).toThrow(
    "got: none; choose",
  );
});

it.each(["html", "svg", "ics"] as const)("is the same again as %s", (format) => {
  expect(calendarDocument(shipped("environments/demo.yaml"), format)).toBe(
    calendarDocument(shipped("environments/demo.yaml"), format),
  );
});
