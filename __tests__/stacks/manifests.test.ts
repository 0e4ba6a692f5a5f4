import fs from "node:fs";
import path from "node:path";
import { evaluatedAll } from "../../constructs/literal";
import { projectWith } from "../support/environment";
import { resourcesOf, stackIn, synthesizeFiles, temporaryFolder, type StackFile } from "../support/synthesized";

const MANIFESTS = `apiVersion: v1
kind: ConfigMap
metadata: { name: text, annotations: { "note": "\${path.root}" } }
data: { a: "\${path.root} %{ if } $\${b} TfToken[TOKEN.0]", "\${c}": "" }
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, args: ["\${path.root}"], env: [{ name: A, value: "%{ if }" }], image: "shopregistry.azurecr.io/shop/web:1", envFrom: [{ configMapRef: { name: text } }] }
    - { name: other, image: "shopregistry.azurecr.io/shop/other:2" }
`.replace('"${c}": ""', "c: d");
const NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n";
const file = (
  pull: string,
  more = "",
) => `registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: shop/web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { blue: { kubeconfig: {}, pull: ${pull} } }
manifests: { shop: { path: k8s, clusters: [blue], namespace: shop } }
${more}`;

function stack(pull = "{ servicePrincipal: {} }", manifests = MANIFESTS, more = ""): StackFile {
  const project = projectWith({ "environments/demo.yaml": file(pull, more), "k8s/a.yaml": manifests });
  return stackIn(synthesizeFiles(["environments/demo.yaml"], temporaryFolder(), project), "-workload-blue");
}

const pods = (given: StackFile) =>
  resourcesOf(given, "kubernetes_pod_v1").map(({ spec }) => spec as Record<string, unknown>);

it("makes no template of what people write, whatever it is", () => {
  const [map] = resourcesOf(stack(), "kubernetes_config_map_v1");
  expect(map?.data).toEqual({ a: '$${path.root} %%{ if } ${"$$"}{b} TfToken${"["}TOKEN.0]', c: "d" });
  expect(evaluatedAll(map?.data)).toEqual({ a: "${path.root} %{ if } $${b} TfToken[TOKEN.0]", c: "d" });
});

it("makes none of arguments and variables either", () => {
  const [pod] = pods(stack());
  expect((pod?.container as object[])[0]).toMatchObject({
    args: ["$${path.root}"],
    env: [{ name: "A", value: "%%{ if }" }],
  });
});

it("makes none of a custom resource, not even of its keys", () => {
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\nspec: { "${a}": ["${b}"] }\n';
  const yaml = file("{ servicePrincipal: {} }").replace(
    "namespace: shop }",
    "namespace: shop, customResources: true }",
  );
  const project = projectWith({ "environments/demo.yaml": yaml, "k8s/a.yaml": widget });
  const given = stackIn(synthesizeFiles(["environments/demo.yaml"], temporaryFolder(), project), "-workload-blue");
  expect(resourcesOf(given, "kubernetes_manifest")[0]).toMatchObject({
    manifest: { kind: "Widget", spec: { "$${a}": ["$${b}"] } },
  });
});

it("refers to images by host and digest, and those that it does not know by their tag", () => {
  const [pod] = pods(stack());
  expect(pod?.container).toEqual([
    expect.objectContaining({
      image: expect.stringMatching(
        /^\$\{data\.terraform_remote_state\..*login_server\}\/shop\/web@sha256:1{64}$/,
      ) as unknown,
    }),
    expect.objectContaining({ image: expect.stringMatching(/login_server\}\/shop\/other:2$/) as unknown }),
  ]);
});

it("refers to the pull secret, so that pods come after it", () => {
  const [pod] = pods(stack());
  expect(pod?.image_pull_secrets).toEqual([
    { name: expect.stringMatching(/^\$\{kubernetes_secret_v1\.\S+\.metadata\[0\]\.name\}$/) as unknown },
  ]);
});

test.each([
  ["a secret of others", "{ existingSecret: { name: theirs } }", [{ name: "theirs" }]],
  ["the nodes' own identity", "{ managedIdentity: { objectId: 00000000-0000-0000-0000-000000000001 } }", []],
])("pulls by %s", (_title, pull, expected) => {
  expect(pods(stack(pull))[0]?.image_pull_secrets).toEqual(expected);
});

it("creates the namespace where nobody else does", () => {
  const given = stack();
  expect(resourcesOf(given, "kubernetes_namespace_v1")).toHaveLength(1);
  expect(resourcesOf(given, "kubernetes_pod_v1")[0]).toMatchObject({
    metadata: {
      namespace: expect.stringMatching(
        /^\$\{kubernetes_namespace_v1\.namespaces_shop_namespace_\w+\.metadata\[0\]\.name\}$/,
      ) as unknown,
    },
  });
});

it("uses that of the manifests where they have it, and makes the pull secret after it", () => {
  const given = stack(undefined, `${MANIFESTS}---\n${NAMESPACE}`);
  expect(Object.keys(given.json.resource?.kubernetes_namespace_v1 ?? {})).toEqual([
    expect.stringMatching(/^manifests_shop_Namespace__shop_/),
  ]);
  for (const type of ["kubernetes_pod_v1", "kubernetes_secret_v1"]) {
    expect(resourcesOf(given, type)[0]).toMatchObject({
      metadata: {
        namespace: expect.stringMatching(
          /^\$\{kubernetes_namespace_v1\.manifests_shop_Namespace__shop_\w+\.metadata\[0\]\.name\}$/,
        ) as unknown,
      },
    });
  }
});

it("uses one that is there already, by its name", () => {
  const given = stack(undefined, MANIFESTS, "namespaces: { shop: { existing: true } }");
  expect(resourcesOf(given, "kubernetes_namespace_v1")).toEqual([]);
  expect(resourcesOf(given, "kubernetes_pod_v1")[0]).toMatchObject({ metadata: { namespace: "shop" } });
});

it("makes no pull secret where nothing of ours is pulled", () => {
  const given = stack(undefined, MANIFESTS.replaceAll("shopregistry.azurecr.io", "example.com"));
  expect(resourcesOf(given, "kubernetes_pod_v1")[0]).not.toMatchObject({
    spec: { image_pull_secrets: expect.anything() as unknown },
  });
});

it("has what a pod is given before the pod", () => {
  expect(resourcesOf(stack(), "kubernetes_pod_v1")[0]?.depends_on).toEqual([
    expect.stringMatching(/^kubernetes_config_map_v1\.manifests_shop_ConfigMap_shop_text_/),
  ]);
});

it("writes the same on another day, and something else for other manifests", () => {
  expect(stack().text).toBe(stack().text);
  expect(stack(undefined, MANIFESTS.replace("c: d", "c: e")).text).not.toBe(stack().text);
});

it("builds again what the manifests change, and keeps what they do not", () => {
  const project = projectWith({ "environments/demo.yaml": file("{ servicePrincipal: {} }"), "k8s/a.yaml": MANIFESTS });
  const outdir = temporaryFolder();
  const textOf = () => stackIn(synthesizeFiles(["environments/demo.yaml"], outdir, project), "-workload-blue").text;
  const before = textOf();
  fs.writeFileSync(path.join(project, "k8s/a.yaml"), MANIFESTS.replace("c: d", "c: e"));
  expect(textOf()).not.toBe(before);
});

test.each([
  ["resolved when it is planned", "", /^\$\{.*login_server\}\/shop\/web@\$\{.+\}$|login_server\}\/shop\/web\$\{.+\}$/],
  ["left a tag", ", pin: false", /login_server\}\/shop\/web:1$/],
])("runs an image that is known by its tag, %s", (_title, pin, expected) => {
  const yaml = file("{ servicePrincipal: {} }").replace(/prebuilt: "[^"]*"/, `tag: "1"${pin}`);
  const project = projectWith({ "environments/demo.yaml": yaml, "k8s/a.yaml": MANIFESTS });
  const given = stackIn(synthesizeFiles(["environments/demo.yaml"], temporaryFolder(), project), "-workload-blue");
  expect((pods(given)[0]?.container as { image: string }[])[0]?.image).toMatch(expected);
});
