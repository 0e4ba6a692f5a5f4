import { environmentFrom } from "../support/environment";
import { refusal } from "./base";
import { DIGEST, SHARED, fleet } from "./fleet";
import { text } from "../support/text";

/** The clusters of a file, by their keys. */
function clusters(defaults: string, entries: string) {
  return environmentFrom(fleet({ defaults: `{ clusters: ${defaults} }`, clusters: entries })).clusters;
}

describe("an entry", () => {
  test("that says nothing is what the defaults say", () => {
    expect(clusters(SHARED, "{ c7: {} }").c7).toEqual(clusters("{}", `{ c7: ${SHARED} }`).c7);
  });

  test("shares mappings with the defaults at every depth", () => {
    const { c7 } = clusters(
      "{ kubeconfig: {}, pull: { servicePrincipal: { role: AcrPull, rotation: { periodDays: 14 } } } }",
      "{ c7: { pull: { servicePrincipal: { rotation: { slots: 5 } } } } }",
    );
    expect(c7?.pull).toMatchObject({ role: text("AcrPull"), rotation: { periodDays: 14, slots: 5 } });
  });

  test("replaces what is no mapping", () => {
    const { c7 } = clusters(
      `{ kubeconfig: { path: ~/.kube/fleet }, pull: { servicePrincipal: {} } }`,
      "{ c7: { kubeconfig: { path: ~/c7 } } }",
    );
    expect(c7?.connection).toMatchObject({ path: text("~/c7") });
  });

  test("replaces lists as a whole", () => {
    const { workloads } = environmentFrom(
      fleet({
        defaults: `{ images: { prebuilt: "${DIGEST}" }, clusters: ${SHARED}, workloads: { image: web, port: 80, writablePaths: [/tmp, /run] } }`,
        images: "{ web: { repository: web } }",
        clusters: "{ c7: {} }",
        workloads: "{ web: { clusters: [c7], writablePaths: [/var] }, api: { clusters: [c7] } }",
      }),
    );
    expect([workloads.web?.writablePaths, workloads.api?.writablePaths]).toEqual(
      [["/var"], ["/tmp", "/run"]].map((paths) => paths.map(text)),
    );
  });

  test("removes a default by null, at every depth", () => {
    const { c7, c8 } = clusters(
      "{ kubeconfig: {}, pull: { servicePrincipal: { role: Reader } }, pullSecret: shared }",
      "{ c7: { pullSecret: null, pull: { servicePrincipal: { role: null } } }, c8: {} }",
    );
    expect(c7).not.toHaveProperty("pullSecret");
    expect(c7?.pull).not.toHaveProperty("role");
    expect(c8).toMatchObject({ pullSecret: "shared", pull: { role: text("Reader") } });
  });

  test("says null where there is no default in vain", () => {
    expect(refusal(fleet({ defaults: `{ clusters: ${SHARED} }`, clusters: "{ c7: { pullSecret: null } }" }))).toEqual([
      "environments/demo.yaml:4:31 clusters.c7.pullSecret must be a string, got: null",
    ]);
  });

  test("that is null takes nothing", () => {
    expect(refusal(fleet({ defaults: `{ clusters: ${SHARED} }`, clusters: "{ c7: , c8: {} }" }))).toEqual([
      "environments/demo.yaml:4:17 clusters.c7 must be a mapping, got: null",
    ]);
  });
});

describe("of several alternatives", () => {
  test("a way to reach the cluster excludes the default's", () => {
    const { c7 } = clusters(SHARED, "{ c7: { aks: { name: a, resourceGroup: rg } } }");
    expect(c7?.connection).toEqual({ kind: "aks", name: "a", resourceGroup: "rg", login: "azurecli" });
  });

  test.each([
    "registryToken: {}",
    "managedIdentity: { objectId: 11111111-2222-3333-4444-555555555555 }",
    "existingSecret: { name: x }",
  ])("the way to pull by %s excludes the default's", (method) => {
    const { c7 } = clusters(SHARED, `{ c7: { pull: { ${method} } } }`);
    expect(c7?.pull.kind).toBe(method.split(":")[0]);
  });

  test("an image that is built takes no digest, and one that is not, no build", () => {
    const { images } = environmentFrom(
      fleet({
        defaults: `{ images: { tag: v1, prebuilt: "${DIGEST}" } }`,
        images:
          "{ web: { repository: web, build: { docker: { context: docker-manifests } } }, api: { repository: api } }",
      }),
    );
    expect(images).toMatchObject({
      web: { origin: { kind: "docker", tag: "v1" } },
      api: { origin: { kind: "prebuilt", digest: DIGEST } },
    });
  });

  test("a way to build excludes the default's", () => {
    const { images } = environmentFrom(
      fleet({
        defaults: "{ images: { tag: v1, build: { docker: { context: docker-manifests } } } }",
        images: `{ api: { repository: api, build: { acrTask: { source: https://x.org/a.git, commit: ${"a".repeat(40)} } } } }`,
      }),
    );
    expect(images.api?.origin.kind).toBe("acrTask");
  });

  test("one that is null chooses nothing", () => {
    const shared = "{ kubeconfig: {}, pull: { servicePrincipal: {}, registryToken: {} } }";
    const { c7 } = clusters(shared, "{ c7: { pull: { registryToken: null } } }");
    expect(c7?.pull.kind).toBe("servicePrincipal");
  });

  test("both in one entry are both there, and refused", () => {
    const both = "{ c7: { kubeconfig: {}, aks: { name: a, resourceGroup: rg } } }";
    expect(refusal(fleet({ defaults: `{ clusters: ${SHARED} }`, clusters: both }))).toEqual([
      "environments/demo.yaml:4:17 clusters.c7 must have exactly one of the keys kubeconfig, aks",
    ]);
  });

  test("labels and variables of such names are no alternatives", () => {
    const { c7 } = clusters(
      `{ kubeconfig: {}, pull: { servicePrincipal: {} }, labels: { aks: "no", region: eu } }`,
      "{ c7: { labels: { kubeconfig: admin } } }",
    );
    expect(c7?.labels).toEqual({ aks: "no", region: "eu", kubeconfig: "admin" });
  });
});

test("a namespace of workloads may be a default: its settings are used", () => {
  const environment = environmentFrom(
    fleet({
      defaults: `{ images: { prebuilt: "${DIGEST}" }, clusters: ${SHARED}, namespaces: { podSecurity: baseline }, workloads: { namespace: shop, port: 80, clusters: [c7] } }`,
      images: "{ web: { repository: web } }",
      clusters: "{ c7: {} }",
      namespaces: "{ shop: {} }",
      workloads: "{ web: { image: web } }",
    }),
  );
  expect(environment.namespaces.shop?.podSecurity).toBe("baseline");
  expect(environment).not.toHaveProperty("defaults");
});

describe("defaults that nothing uses are refused", () => {
  test.each(["images", "clusters", "workloads", "namespaces"])("%s", (section) => {
    expect(refusal(fleet({ defaults: `{ ${section}: {} }` }))).toEqual([
      `environments/demo.yaml:2:13 defaults.${section} is used by no entry of ${section}`,
    ]);
  });

  test("but a map that is missing is only called missing", () => {
    const lines = refusal(fleet({ defaults: "{ clusters: {} }" }).replace("clusters: {}\nworkloads", "workloads"));
    expect(lines).toEqual(["environments/demo.yaml:1:1 clusters is required"]);
  });
});
