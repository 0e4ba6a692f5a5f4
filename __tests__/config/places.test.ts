import { placesOf } from "../../config/places";
import { withClusters } from "../../config/selection";
import { environmentFrom } from "../support/environment";
import { BASE } from "./base";

const ENVIRONMENT = environmentFrom(
  `${BASE.replace(
    "workloads:",
    `  green: { kubeconfig: {}, pull: { servicePrincipal: { name: pull-green } } }
namespaces:
  default: { existing: true, clusters: [green] }
  tools: { clusters: [blue, green] }
workloads:`,
  )}  store: { image: api, clusters: [blue], namespace: store, port: 80 }\n`,
);

const namesOn = (environment: typeof ENVIRONMENT) =>
  Object.fromEntries([...placesOf(environment)].map(([key, places]) => [key, [...places.keys()]]));

test("a namespace is where a workload runs, and where the file says so", () => {
  expect(namesOn(ENVIRONMENT)).toEqual({ blue: ["default", "store", "tools"], green: ["default", "tools"] });
});

test("what the file says of a namespace holds on every cluster", () => {
  const places = placesOf(ENVIRONMENT);
  expect(places.get("blue")?.get("tools")).toBe(places.get("green")?.get("tools"));
});

test("a namespace that the file does not mention is made, and enforces the restricted standard", () => {
  expect(placesOf(ENVIRONMENT).get("blue")?.get("store")).toMatchObject({ existing: false, podSecurity: "restricted" });
});

test("of chosen clusters, no others are left", () => {
  const chosen = withClusters(ENVIRONMENT, new Set(["green"]));
  expect(namesOn(chosen)).toEqual({ green: ["default", "tools"] });
  expect(chosen.namespaces.tools?.clusters).toEqual(["green"]);
});
