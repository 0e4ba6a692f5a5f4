import { groupClusters } from "../../../pictures/graph/cluster-groups";
import { fleetWith } from "../support/fleet";

const titles = (environment: ReturnType<typeof fleetWith>) =>
  groupClusters(environment.clusters).map(({ title, keys }) => `${title} ${keys.length}`);

it("leaves a few by themselves", () => {
  expect(titles(fleetWith(6, { labelsOf: () => "{ region: eu }" }))).toEqual([
    "c0 1",
    "c1 1",
    "c2 1",
    "c3 1",
    "c4 1",
    "c5 1",
  ]);
});

it("groups many by the labels that tell them apart, and not by one that is each cluster's own or that all share", () => {
  const labelsOf = (index: number) => `{ all: same, region: r${index % 3}, stage: s${index % 2}, site: x${index} }`;
  expect(titles(fleetWith(600, { labelsOf }))).toEqual([
    ...["region: r0, stage: s0 100", "region: r1, stage: s1 100", "region: r2, stage: s0 100"],
    ...["region: r0, stage: s1 100", "region: r1, stage: s0 100", "region: r2, stage: s1 100"],
  ]);
});

it("has a group for clusters without the label", () => {
  const labelsOf = (index: number) => (index < 4 ? "{ region: eu }" : "{}");
  expect(titles(fleetWith(10, { labelsOf }))).toEqual(["region: eu 4", "region: none 6"]);
});

it("groups by the method of pull where no label tells any apart", () => {
  const pullOf = (index: number) => (index % 4 === 0 ? "{ registryToken: {} }" : "{ servicePrincipal: {} }");
  expect(titles(fleetWith(8, { labelsOf: () => "{ region: eu }", pullOf }))).toEqual([
    "pull: registryToken 2",
    "pull: servicePrincipal 6",
  ]);
});

it("has one group where nothing tells any apart", () => {
  expect(titles(fleetWith(1000))).toEqual(["all clusters 1000"]);
});
