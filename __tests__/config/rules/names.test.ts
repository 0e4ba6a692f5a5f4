import { environmentFrom, load, projectWith } from "../../support/environment";
import { refusal, refusalOf } from "../base";
import { SHARED, fleet } from "../fleet";
import { text } from "../../support/text";

const clusters = (entry: string, key = "blue") => fleet({ clusters: `{ ${key}: ${entry} }` });

describe("what a file does not name is named", () => {
  test("the context, after the cluster's key", () => {
    const yaml = clusters("{ kubeconfig: {}, pull: { servicePrincipal: {} } }");
    expect(environmentFrom(yaml).clusters.blue?.connection).toEqual({
      ...{ kind: "kubeconfig", context: text("blue"), path: text("~/.kube/config") },
    });
  });

  test.each([
    ["servicePrincipal", text("acr-pull-demo-blue")],
    ["registryToken", "acr-pull-demo-blue"],
  ])("the %s, after environment and cluster", (kind, name) => {
    const yaml = clusters(`{ kubeconfig: {}, pull: { ${kind}: {} } }`);
    expect(environmentFrom(yaml).clusters.blue?.pull).toMatchObject({ kind, name });
  });
});

test("what a file names keeps its name", () => {
  const yaml = clusters("{ kubeconfig: { context: b }, pull: { servicePrincipal: { name: p } } }");
  const { blue } = environmentFrom(yaml).clusters;
  expect(blue).toMatchObject({ connection: { context: text("b") }, pull: { name: text("p") } });
});

test("with defaults, a cluster is its key", () => {
  const environment = environmentFrom(fleet({ defaults: `{ clusters: ${SHARED} }`, clusters: "{ c7: {} }" }));
  expect(environment.clusters.c7).toMatchObject({
    connection: { context: text("c7"), path: text("~/.kube/fleet") },
    pull: { name: text("acr-pull-demo-c7") },
  });
});

describe("a name that would be too long must be given:", () => {
  // acr-pull-demo- has 14 characters.
  const token = (key: string) => clusters("{ kubeconfig: {}, pull: { registryToken: {} } }", key);

  test("a token's of 47 characters is not", () => {
    expect(refusal(token("b".repeat(33)))).toEqual([]);
  });

  test("a token's of 48 characters", () => {
    const key = "b".repeat(34);
    expect(refusal(token(key))).toEqual([
      `environments/demo.yaml:4:75 clusters.${key}.pull.registryToken.name is required: the default acr-pull-demo-${key} is longer than 47 characters`,
    ]);
  });

  const principal = (key: string) => ({
    [`environments/${"e".repeat(60)}.yaml`]: clusters("{ kubeconfig: {}, pull: { servicePrincipal: {} } }", key),
  });

  test("a service principal's of 120 characters is not", () => {
    expect(refusalOf(principal("b".repeat(50)))).toEqual([]);
  });

  test("a service principal's of 121 characters", () => {
    const [environment, key] = ["e".repeat(60), "b".repeat(51)];
    expect(refusalOf(principal(key))).toEqual([
      `environments/${environment}.yaml:4:92 clusters.${key}.pull.servicePrincipal.name is required: the default acr-pull-${environment}-${key} is longer than 120 characters`,
    ]);
  });

  test("a file whose own name is too long is told that alone", () => {
    const file = `environments/${"e".repeat(64)}.yaml`;
    expect(refusalOf({ [file]: clusters("{ kubeconfig: {}, pull: { registryToken: {} } }") })).toEqual([
      expect.stringContaining(`${file}:1:1 the file's name, without .yaml, must be a key`),
    ]);
  });
});

describe("names that are filled in are claimed", () => {
  const pull = (key: string) => clusters("{ kubeconfig: {}, pull: { servicePrincipal: {} } }", key);

  test("by two environments: shop-eu with x, and shop with eu-x", () => {
    const other = pull("eu-x").replace("acrdemo2ss", "acrother");
    expect(refusalOf({ "environments/shop-eu.yaml": pull("x"), "environments/shop.yaml": other })).toEqual([
      "environments/shop.yaml:4:45 clusters.eu-x.pull.servicePrincipal.name must not be a second service principal acr-pull-shop-eu-x: environments/shop-eu.yaml has it at clusters.x.pull.servicePrincipal.name",
    ]);
  });

  test("by one: a context that another entry names", () => {
    const entries = `{ a: { kubeconfig: { context: b } }, b: {} }`;
    expect(
      refusal(
        fleet({ defaults: `{ clusters: { kubeconfig: {}, pull: { servicePrincipal: {} } } }`, clusters: entries }),
      ),
    ).toEqual([
      "environments/demo.yaml:4:51 clusters.b must not be a second entry of demo for context b of ~/.kube/config: environments/demo.yaml has it at clusters.a",
    ]);
  });

  test("and environments of other names share nothing", () => {
    const other = pull("blue").replace("acrdemo2ss", "acrother");
    expect(
      load(projectWith({ "environments/a.yaml": pull("blue"), "environments/b.yaml": other })).environments,
    ).toHaveLength(2);
  });
});
