import { deployment, read, resources, plain } from "./manifests";

const HOST = "shopregistry.azurecr.io";

interface Pod {
  readonly container: readonly { readonly image: unknown }[];
  readonly init_container?: readonly { readonly image: unknown }[];
  readonly image_pull_secrets?: readonly unknown[];
}

const podOf = (yaml: string, options = {}) => {
  const [resource] = resources(yaml, options);
  const { spec } = plain(resource?.arguments ?? {}) as { spec: { template: { spec: Pod } } };
  return spec.template.spec;
};
const withImage = (image: string, more = "") => deployment(`containers: [{ name: web, image: "${image}" }]${more}`);
const known = (key: string) => ({ image: { kind: "known", key } });
const PULL_SECRET = { pullSecret: true };

test.each([
  ["by host and repository", `${HOST}/shop/web:1`, {}],
  ["with another tag", `${HOST}/shop/web:9`, {}],
  ["by a digest", `${HOST}/shop/web@sha256:${"a".repeat(64)}`, {}],
  ["by a name", "shop-web", { names: { "shop-web": "web" } }],
  ["by a name, with whatever tag", "team/shop-web:7", { names: { "team/shop-web": "web" } }],
  ["by a name that is none of an image", "REPLACE_ME", { names: { REPLACE_ME: "web" } }],
])("knows an image %s", (_title, image, options) => {
  const pod = podOf(withImage(image), options);
  expect(pod.container).toEqual(
    [{ name: "web", ...known("web") }].map(({ image: found, name }) => ({ name, image: { image: found } })),
  );
  expect(pod.image_pull_secrets).toEqual([PULL_SECRET]);
});

test.each([["nginx"], ["shop/web:1"], ["other.azurecr.io/shop/web:1"], [`${HOST}.example.com/shop/web`]])(
  "leaves %s alone, and its pod without our secret",
  (image) => {
    const pod = podOf(withImage(image));
    expect(pod.container[0]?.image).toBe(image);
    expect(pod.image_pull_secrets).toBeUndefined();
  },
);

it("pulls an image of the registry that the file does not have by its tag, and says so", () => {
  const { set, warnings } = read(withImage(`${HOST}/shop/worker:3`));
  expect(set?.images).toEqual([{ kind: "other", repository: "shop/worker", rest: ":3" }]);
  expect(warnings).toEqual([
    `k8s/shop.yaml:9:40 spec.template.spec.containers[0].image runs by its tag, since its repository is that of no image in the file, got: "${HOST}/shop/worker:3"`,
  ]);
});

it("says where the file has another tag", () => {
  expect(read(withImage(`${HOST}/shop/web:9`)).warnings).toEqual([
    `k8s/shop.yaml:9:40 spec.template.spec.containers[0].image runs as images.web says, with the tag 1, got: "${HOST}/shop/web:9"`,
  ]);
});

it("chooses among images of one repository by the tag, and refuses to guess", () => {
  const images = { old: { repository: "shop/web", tag: "1" }, new: { repository: "shop/web", tag: "2" } };
  expect(read(withImage(`${HOST}/shop/web:2`), { images }).set?.images).toEqual([{ kind: "known", key: "new" }]);
  expect(read(withImage(`${HOST}/shop/web:3`), { images }).lines).toEqual([
    `k8s/shop.yaml:9:40 spec.template.spec.containers[0].image must be one of images.old, images.new, which share its repository: name it in the images of the entry, got: "${HOST}/shop/web:3"`,
  ]);
});

it("finds them in init containers", () => {
  const pod = podOf(
    deployment(`containers: [{ name: a, image: nginx }]\ninitContainers: [{ name: b, image: ${HOST}/shop/tools }]`),
  );
  expect(pod.init_container?.[0]?.image).toEqual({ image: { kind: "known", key: "tools" } });
  expect(pod.image_pull_secrets).toEqual([PULL_SECRET]);
});

it("takes the place of secrets for the same registry, and of no other", () => {
  const secret = (name: string, ...hosts: string[]) => `---
apiVersion: v1
kind: Secret
metadata: { name: ${name} }
type: kubernetes.io/dockerconfigjson
stringData: { .dockerconfigjson: '${JSON.stringify({ auths: Object.fromEntries(hosts.map((host) => [host, {}])) })}' }
`;
  const names = ["shopregistry-secret", "own", "both", "quay", "elsewhere"].map((name) => `{ name: ${name} }`);
  const yaml =
    withImage(`${HOST}/shop/web:1`, `\nimagePullSecrets: [${names.join(", ")}]`) +
    secret("own", `https://${HOST}/v1/`) +
    secret("both", HOST, "quay.io") +
    secret("quay", "quay.io");
  expect(podOf(yaml).image_pull_secrets).toEqual([
    PULL_SECRET,
    { name: "both" },
    { name: "quay" },
    { name: "elsewhere" },
  ]);
});

const TEMPLATE = `template: { metadata: { labels: { a: b } }, spec: { restartPolicy: POLICY, containers: [{ name: a, image: ${HOST}/shop/web:1 }] } }`;
test.each([
  [
    "DaemonSet",
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { selector: { matchLabels: { a: b } }, ${TEMPLATE} }`,
    "Always",
  ],
  [
    "StatefulSet",
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec: { serviceName: a, selector: { matchLabels: { a: b } }, ${TEMPLATE} }`,
    "Always",
  ],
  ["Job", `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { ${TEMPLATE} }`, "Never"],
  [
    "CronJob",
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { schedule: "@daily", jobTemplate: { spec: { ${TEMPLATE} } } }`,
    "Never",
  ],
  [
    "ReplicationController",
    `apiVersion: v1\nkind: ReplicationController\nmetadata: { name: a }\nspec: { selector: { a: b }, ${TEMPLATE} }`,
    "Always",
  ],
  [
    "Pod",
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: ${HOST}/shop/web:1 }] }`,
    "Always",
  ],
  [
    "ReplicaSet",
    `apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: { name: a }\nspec: { selector: { matchLabels: { a: b } }, ${TEMPLATE} }`,
    "Always",
  ],
  [
    "Rollout",
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: { ${TEMPLATE} }`,
    "Always",
  ],
])("gives the pods of a %s image and secret", (_kind, yaml, policy) => {
  const { set } = read(yaml.replace("POLICY", policy), { customResources: true });
  expect(set?.images).toEqual([{ kind: "known", key: "web" }]);
  expect(set?.namespaces).toEqual([{ name: "shop", pulls: true, podSecurity: "baseline" }]);
  const text = JSON.stringify(set?.objects);
  expect(text).toContain('{"image":{"kind":"known","key":"web"}}');
  expect(text).toContain('{"pullSecret":true}');
});

it("refuses a name that no image of the manifests has", () => {
  const { problems } = read(withImage("nginx"), { names: { ngnix: "web" } });
  expect(problems).toEqual([
    { path: ["images", "ngnix"], rule: "is the name of no image in the manifests", atKey: true },
  ]);
});
