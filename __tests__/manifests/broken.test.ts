import { deployment, read, readFiles } from "./manifests";

const POD = "containers: [{ name: web, image: nginx:1 }]";

/** What is broken, and the lines that say so. */
type Broken = [title: string, yaml: string, ...lines: string[]];

const BROKEN: readonly Broken[] = [
  [
    "no YAML",
    "kind: [",
    "k8s/shop.yaml:1:8 is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  ["a key twice", "a: 1\na: 2\n", "k8s/shop.yaml:2:1 is not valid YAML: Map keys must be unique"],
  ["an unknown tag", "a: !secret x\n", "k8s/shop.yaml:1:4 is not valid YAML: Unresolved tag: !secret"],
  [
    "an unknown anchor",
    "a: *x\n",
    "k8s/shop.yaml:1:1 is not valid YAML: Unresolved alias (the anchor must be set before the alias): x",
  ],
  [
    "a template of Helm",
    "kind: {{ .Values.kind }}\n",
    "k8s/shop.yaml:1:8 is not valid YAML: a key must be a text; it is a template: render it first, with helm template",
  ],
  [
    "a list",
    "- a\n",
    "k8s/shop.yaml:1:1 must be an object of the Kubernetes API: a mapping with apiVersion and kind, got: a list",
  ],
  ["values of somebody", "replicas: 2\n", "k8s/shop.yaml:1:1 apiVersion is required in a manifest"],
  ["no kind", "apiVersion: v1\n", "k8s/shop.yaml:1:1 kind is required in a manifest"],
  ["no name", "apiVersion: v1\nkind: Pod\nmetadata: {}\n", "k8s/shop.yaml:3:1 metadata.name is required"],
  [
    "a name that is made at each apply",
    "apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }\n",
    "k8s/shop.yaml:3:1 metadata.name is required: generateName would make another object at each apply",
  ],
  [
    "the input of kustomize",
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n",
    'k8s/shop.yaml:1:13 apiVersion is the input of kustomize: render it first, with kustomize build, got: "kustomize.config.k8s.io/v1beta1"',
  ],
  [
    "a custom resource",
    "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a }\n",
    'k8s/shop.yaml:2:7 kind is a custom resource of cert-manager.io/v1, for which the provider has no typed resource; with customResources: true it goes through kubernetes_manifest, whose plan needs the cluster and its CustomResourceDefinition, got: "Certificate"',
  ],
  [
    "a kind of somebody else's with a familiar name",
    "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\n",
    expect.stringContaining("k8s/shop.yaml:2:7 kind is a custom resource of serving.knative.dev/v1"),
  ],
  [
    "a kind without a resource",
    "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: { name: a }\n",
    expect.stringContaining("k8s/shop.yaml:2:7 kind is no kind of apps/v1 that the provider has a typed resource for"),
  ],
  [
    "a field without a place",
    deployment(`${POD}\nhostUsers: false`),
    "k8s/shop.yaml:10:7 spec.template.spec.hostUsers has no place in kubernetes_deployment_v1, the provider's resource",
  ],
  [
    "a misspelt field",
    deployment("containers: [{ name: web, image: nginx:1, imagePullPolice: Always }]"),
    `k8s/shop.yaml:9:49 spec.template.spec.containers[0].imagePullPolice has no place in kubernetes_deployment_v1, the provider's resource; did you mean "imagePullPolicy"?`,
  ],
  [
    "a sidecar by restartPolicy, which the provider cannot send",
    deployment(`${POD}\ninitContainers: [{ name: a, image: nginx:1, restartPolicy: Always }]`),
    "k8s/shop.yaml:10:51 spec.template.spec.initContainers[0].restartPolicy has no place in kubernetes_deployment_v1, the provider's resource",
  ],
  [
    "a finalizer",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, finalizers: [x/y] }\n",
    "k8s/shop.yaml:3:22 metadata.finalizers has no place in kubernetes_config_map_v1, the provider's resource",
  ],
  [
    "a number for a text",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { PORT: 8080, OPEN: yes }\n",
    "k8s/shop.yaml:4:15 data.PORT must be a text (put it in quotes), got: 8080",
    "k8s/shop.yaml:4:27 data.OPEN must be a text (put it in quotes), got: true",
  ],
  [
    "a text for a number",
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\nspec: { maxReplicas: many, scaleTargetRef: { kind: Deployment, name: web } }\n",
    'k8s/shop.yaml:4:22 spec.maxReplicas must be a whole number, got: "many"',
  ],
  [
    "a wrong word",
    "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { type: LoadBalancr, ports: [{ port: 80 }] }\n",
    'k8s/shop.yaml:4:15 spec.type must be one of ClusterIP, ExternalName, LoadBalancer, NodePort, got: "LoadBalancr"',
  ],
  [
    "a container without a name",
    deployment("containers: [{ image: nginx:1 }]"),
    "k8s/shop.yaml:9:20 spec.template.spec.containers[0].name is required",
  ],
  [
    "no base64",
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { password: hunter2! }\n",
    "k8s/shop.yaml:4:19 data.password must be base64",
  ],
  [
    "a key that begins with two dots",
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { "..a": b }\n',
    "k8s/shop.yaml:4:9 data...a must be a key: letters, digits, '-', '_' or '.'",
  ],
  [
    "no quantity",
    deployment("containers: [{ name: web, image: nginx:1, resources: { limits: { memory: 64mb } } }]"),
    'k8s/shop.yaml:9:80 spec.template.spec.containers[0].resources.limits.memory must be a Kubernetes quantity such as 100m or 128Mi, got: "64mb"',
  ],
  [
    "a CPU that the API server rounds",
    deployment("containers: [{ name: web, image: nginx:1, resources: { limits: { cpu: 0.5m } } }]"),
    'k8s/shop.yaml:9:77 spec.template.spec.containers[0].resources.limits.cpu must be no finer than 1m: the API server rounds it, and no plan would ever be empty, got: "0.5m"',
  ],
  [
    "a request above its limit",
    deployment(
      "containers: [{ name: web, image: nginx:1, resources: { limits: { cpu: 1 }, requests: { cpu: 1100m } } }]",
    ),
    'k8s/shop.yaml:9:99 spec.template.spec.containers[0].resources.requests.cpu must be no more than the limit, 1, got: "1100m"',
  ],
  [
    "a selector of other pods",
    deployment(POD).replace("matchLabels: { app: web }", "matchLabels: { app: other }"),
    'k8s/shop.yaml:5:35 spec.selector.matchLabels.app must be a label of the template, with the same value, got: "other"',
  ],
  [
    "a volume that is not there",
    deployment("containers: [{ name: web, image: nginx:1, volumeMounts: [{ name: data, mountPath: /data }] }]"),
    'k8s/shop.yaml:9:72 spec.template.spec.containers[0].volumeMounts[0].name must be the name of a volume of the pod, got: "data"',
  ],
  [
    "two containers of one name",
    deployment("containers: [{ name: web, image: nginx:1 }, { name: web, image: nginx:2 }]"),
    'k8s/shop.yaml:9:59 spec.template.spec.containers[1].name is the name of another container, got: "web"',
  ],
  [
    "a name that is none",
    deployment(POD).replace("metadata: { name: web }", "metadata: { name: Web_1 }"),
    `k8s/shop.yaml:3:19 metadata.name must be an RFC 1123 subdomain: at most 253 lowercase letters, digits, hyphens or dots, alphanumeric at the ends of each part, got: "Web_1"`,
  ],
  [
    "a label that is none",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { version: _v1 } }\n",
    `k8s/shop.yaml:3:41 metadata.labels.version must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, got: "_v1"`,
  ],
  [
    "a Job that restarts for ever",
    "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: a, image: nginx:1 }] } } }\n",
    "k8s/shop.yaml:4:21 spec.template.spec.restartPolicy must be OnFailure or Never in a Job",
  ],
  [
    "a queue of work, of which the provider would make one piece",
    "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { parallelism: 3, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: nginx:1 }] } } }\n",
    "k8s/shop.yaml:4:1 spec.completions is required beside parallelism: the provider would send 1",
  ],
  [
    "no class on purpose, which the provider cannot send",
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec: { storageClassName: "", accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n',
    'k8s/shop.yaml:4:27 spec.storageClassName must name a class: the provider cannot send an empty text, and the default class would be taken, got: ""',
  ],
  [
    "two ports without names",
    "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 80 }, { port: 81 }] }\n",
    "k8s/shop.yaml:4:17 spec.ports[0].name is required beside other ports",
    "k8s/shop.yaml:4:31 spec.ports[1].name is required beside other ports",
  ],
  [
    "no schedule",
    "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { schedule: nightly, jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: nginx:1 }] } } } } }\n",
    'k8s/shop.yaml:4:19 spec.schedule must be a schedule of cron: five fields, such as 0 3 * * *, got: "nightly"',
  ],
  [
    "an object twice",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n",
    "k8s/shop.yaml:7:19 metadata.name is a second ConfigMap shop/a: the first is at k8s/shop.yaml:1:1",
  ],
  [
    "no name of an image",
    deployment("containers: [{ name: web, image: <registry>.azurecr.io/shop/web }]"),
    'k8s/shop.yaml:9:40 spec.template.spec.containers[0].image must be the name of an image, got: "<registry>.azurecr.io/shop/web"',
  ],
  [
    "what the provider requires",
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: a }\nspec: { resources: { requests: { storage: 1Gi } } }\n",
    "k8s/shop.yaml:4:1 spec.accessModes is required by kubernetes_persistent_volume_claim_v1, the provider's resource",
  ],
];

it.each(BROKEN)("%s is refused, where it stands", (_title, yaml, ...lines) => {
  const { set, ...found } = read(yaml);
  expect({ ...found, warnings: [] }).toEqual({ lines, problems: [], warnings: [] });
  expect(set).toBeUndefined();
});

it("says everything that is wrong at once, file by file", () => {
  const files = { "k8s/b.yaml": "a: [", "k8s/a.yaml": "apiVersion: v1\nkind: Pod\n", "k8s/c/d.json": '{"kind":"Pod"}' };
  expect(readFiles(files).lines.map((line) => line.split(" ")[0])).toEqual([
    "k8s/a.yaml:1:1",
    "k8s/b.yaml:1:5",
    "k8s/c/d.json:1:1",
  ]);
});

it("never shows what is in a secret", () => {
  const { lines } = read(
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: hunter2!, b: 314159 }\nstringData: { c: 271828 }\n",
  );
  expect(lines).toHaveLength(3);
  expect(lines.join()).not.toMatch(/hunter2|314159|271828/);
});
