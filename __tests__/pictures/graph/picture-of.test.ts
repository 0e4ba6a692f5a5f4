import { load } from "../../support/environment";
import { PROJECT, SHIPPED } from "../../support/synthesized";
import { withChildren, type Picture } from "../../../pictures/graph/picture";
import { pictureOf } from "../../../pictures/graph/picture-of";
import { environmentFrom } from "../../support/environment";
import { fleetWith } from "../support/fleet";

const boxes = ({ nodes }: Picture) =>
  nodes.flatMap(withChildren).map(({ kind, title, lines }) => [kind, title, ...lines].join(" | "));
const arrows = ({ flows }: Picture) =>
  flows.map(({ from, to, kind, label }) => `${kind}: ${from} > ${to}${label ? ` (${label})` : ""}`);

function shipped(file: string): Picture {
  const [environment] = load(PROJECT, [file]).environments;
  if (!environment) throw new Error(`${file} has no environment`);
  return pictureOf(environment);
}

it("has a box for all that the demo consists of, and an arrow for all that flows", () => {
  const picture = shipped("environments/demo.yaml");
  expect(boxes(picture)).toEqual([
    "registry | acrdemo2ss.azurecr.io | Basic, centralus | in resource group acr-rg2",
    "image | acr-app2 | app2/acr-app2:v1 | built here by Docker",
    "identity | acr-sp-demo | service principal | 4 passwords, a new one every 30 days",
    "cluster | aksdemo2 | context aksdemo2",
    "namespace | default | secret acrdemo2ss-secret",
    "workload | acr-app2 | port 80, load balancer",
  ]);
  expect(arrows(picture)).toEqual([
    "role: registry > cluster-aksdemo2/identity-1 (AcrPull)",
    "credential: cluster-aksdemo2/identity-1 > cluster-aksdemo2 (password)",
    "image: image-acr-app2 > cluster-aksdemo2.default.workload-acr-app2 (digest)",
  ]);
  expect(picture.summary).toBe("1 image, 1 cluster, 1 workload");
});

it("tells the ways to pull apart", () => {
  const picture = shipped("examples/pull-methods.yaml");
  expect(boxes(picture).filter((words) => words.startsWith("identity"))).toEqual([
    "identity | methods-principal | service principal | 4 passwords, a new one every 30 days",
    "identity | methods-vault | service principal | 4 passwords, a new one every 30 days",
    "identity | methods-token | set of registry tokens | 4 passwords, a new one every 30 days",
    "identity | identity of the nodes | managed identity | no secret, nothing to rotate",
    "identity | registry-credentials | secret of others | somebody else keeps it",
  ]);
  expect(
    picture.flows.filter(({ kind }) => kind !== "image").map(({ kind, label }) => `${kind}: ${label ?? ""}`),
  ).toEqual([
    ...["role: AcrPull", "credential: password", "role: AcrPull", "credential: password by key vault"],
    ...["role: scope map", "credential: password", "role: AcrPull", "credential: nodes sign in", "credential: secret"],
  ]);
});

it("shows where nothing of ours runs but the secret is", () => {
  const picture = shipped("examples/pull-secret-only.yaml");
  expect(boxes(picture).filter((words) => words.includes("for what others deploy"))).not.toEqual([]);
});

it("shows manifests in the namespaces that they lie in", () => {
  expect(boxes(shipped("examples/manifests.yaml")).filter((words) => words.startsWith("manifests"))).not.toEqual([]);
});

it("shows what the registry caches of others, and who runs it by the name that it has elsewhere", () => {
  const picture = pictureOf(
    environmentFrom(
      `
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic, cacheRules: { hub: { name: hub-all, source: docker.io/library/*, repository: docker/* }, dotnet: { name: dotnet, source: mcr.microsoft.com/dotnet/runtime, repository: dotnet/runtime } } }
images: {}
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
workloads: {}
manifests: { jobs: { path: k8s, clusters: [one], namespace: shop } }
`,
      {
        "k8s/pod.yaml":
          "apiVersion: v1\nkind: Pod\nmetadata: { name: job }\nspec: { containers: [{ name: job, image: nginx:1.28.0 }] }\n",
      },
    ),
  );
  expect(boxes(picture).filter((words) => words.startsWith("cache"))).toEqual([
    "cache | docker/* | of docker.io/library/*",
    "cache | dotnet/runtime | of mcr.microsoft.com/dotnet/runtime",
  ]);
  expect(arrows(picture)).toContain("image: cache-hub > cluster-one.shop.manifests-jobs (as its manifest says)");
});

it("tells images that a cache fetches from those that somebody pushes", () => {
  expect(boxes(shipped("examples/production.yaml")).filter((words) => words.startsWith("image"))).toEqual([
    "image | storefront | shop/storefront:2.4.1 | pushed by others",
    "image | nginx | docker/nginx:1.28.0 | cached from elsewhere, pinned by plans",
  ]);
});

it("shows tokens for others", () => {
  expect(boxes(shipped("examples/production.yaml")).filter((words) => words.startsWith("outside"))).toEqual([
    expect.stringMatching(/^outside \| \S+ \| (pull|push).* of \d+ repositor(y|ies) \| in key vault \S+$/),
  ]);
});

it("says which images are run by their tag alone", () => {
  const picture = pictureOf(
    environmentFrom(`
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, tag: main, pin: false } }
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
workloads: { web: { image: web, clusters: [one], namespace: shop } }
`),
  );
  expect(boxes(picture)).toContain("image | web | web:main | pushed by others, by its tag alone");
  expect(arrows(picture)).toContain("image: image-web > cluster-one.shop.workload-web (tag)");
});

it("shows 1,000 clusters as a few boxes with counts", () => {
  const labelsOf = (index: number) => `{ region: r${index % 4} }`;
  const picture = pictureOf(fleetWith(1000, { labelsOf }));
  expect(boxes(picture)).toHaveLength(20);
  expect(boxes(picture)).toEqual(
    expect.arrayContaining([
      "clusters | region: r0 | 250 clusters | c0, c4, c8, c12, c16, c20 and 244 more",
      "identity | 250 service principals | 4 passwords, a new one every 30 days",
      "workload | agent | no port | on 1 of 250 clusters",
    ]),
  );
});

it("stays small with many of everything", () => {
  const many = (count: number, entry: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => entry(index)).join("\n");
  const picture = pictureOf(
    environmentFrom(`
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
${many(200, (n) => `  i${n}: { repository: r${n}, prebuilt: "sha256:${"1".repeat(64)}" }`)}
clusters:
${many(5, (n) => `  c${n}: { kubeconfig: {}, pull: { servicePrincipal: {} } }`)}
workloads:
${many(200, (n) => `  w${n}: { image: i${n}, clusters: [c${n % 5}], namespace: n${n % 40} }`)}
`),
  );
  expect(boxes(picture).length).toBeLessThan(60);
  expect(boxes(picture)).toEqual(expect.arrayContaining(["image | 190 more images", "namespace | 3 more namespaces"]));
  expect(boxes(picture)).toContain("namespace | n0 | secret shopregistry-secret | w0, w40, w80, w120, w160");
  expect(arrows(picture)).toContain("image: registry > cluster-c0 (40 images)");
});

it("tells namespaces apart from boxes of its own, whatever they are called", () => {
  const namespaces = ["others", "identity-1", "shop", "a", "b", "c"]
    .map((name) => `  ${name}: { clusters: [one] }\n`)
    .join("");
  const { nodes } = pictureOf(
    environmentFrom(`
registry: { name: shopregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: {}
clusters: { one: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
workloads: {}
namespaces:
${namespaces}`),
  );
  const ids = nodes.flatMap(withChildren).map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids).toHaveLength(9);
});

it.each(SHIPPED)("has arrows only between boxes that are there, and each box once: %s", (file) => {
  const { nodes, flows } = shipped(file);
  const ids = nodes.flatMap(withChildren).map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { from, to } of flows) expect(ids).toEqual(expect.arrayContaining([from, to]));
});
