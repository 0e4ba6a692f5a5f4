import { selectClusters, withClusters } from "../../config/selection";
import { environmentFrom } from "../support/environment";

const FLEET = environmentFrom(`
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  north: { kubeconfig: { context: north }, pull: { servicePrincipal: { name: pull-north } } }
  south: { kubeconfig: { context: south }, pull: { servicePrincipal: { name: pull-south } } }
workloads:
  web: { image: web, clusters: [north, south], port: 80 }
  api: { image: web, clusters: [south], port: 81 }
`);

it("keeps the chosen clusters and what runs on them", () => {
  const { clusters, workloads } = withClusters(FLEET, new Set(["north"]));
  expect(Object.keys(clusters)).toEqual(["north"]);
  expect(workloads).toEqual({ web: { ...FLEET.workloads.web, clusters: ["north"] } });
});

it("keeps everything else as it is", () => {
  const { clusters, workloads } = FLEET;
  expect({ ...withClusters(FLEET, new Set()), clusters, workloads }).toEqual(FLEET);
});

it("leaves out environments that have none of the clusters", () => {
  const other = { ...withClusters(FLEET, new Set(["north"])), name: "other" };
  expect(selectClusters([FLEET, other], ["south"]).map(({ name }) => name)).toEqual(["demo"]);
  expect(selectClusters([FLEET, other], ["north"]).map(({ name }) => name)).toEqual(["demo", "other"]);
});

it("refuses clusters that no environment has, all of them at once", () => {
  expect(() => selectClusters([FLEET], ["south", "nort", "moon"])).toThrow(
    new Error(
      'CLUSTERS (--cluster) must name clusters of demo, got: "nort"; did you mean "north"?\n' +
        'CLUSTERS (--cluster) must name clusters of demo, got: "moon"',
    ),
  );
});
