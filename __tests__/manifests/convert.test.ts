import { argumentsOf, deployment, resources } from "./manifests";

const POD = "containers: [{ name: web, image: nginx:1 }]";
const specOf = (pod: string, kind?: string) => {
  const { spec } = argumentsOf(deployment(pod, kind)) as { spec: { template: { spec: object } } };
  return spec.template.spec;
};

it("names and nests as the resource's schema does", () => {
  expect(
    specOf(`containers:
  - name: web
    image: nginx:1
    ports: [{ containerPort: 80 }]
    volumeMounts: [{ name: tmp, mountPath: /tmp }]
    livenessProbe: { tcpSocket: { port: 80 } }
volumes: [{ name: tmp, emptyDir: {} }]
hostPID: true
topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { a: b } } }]`),
  ).toEqual({
    container: [
      {
        name: "web",
        image: "nginx:1",
        port: [{ container_port: 80 }],
        volume_mount: [{ name: "tmp", mount_path: "/tmp" }],
        liveness_probe: { tcp_socket: { port: "80" } },
      },
    ],
    volume: [{ name: "tmp", empty_dir: {} }],
    host_pid: true,
    topology_spread_constraint: [
      {
        max_skew: 1,
        topology_key: "zone",
        when_unsatisfiable: "DoNotSchedule",
        label_selector: { match_labels: { a: "b" } },
      },
    ],
  });
});

it("keeps modes octal, and counts as the provider has them", () => {
  const volumes = specOf(
    `${POD}\nvolumes: [{ name: a, configMap: { name: a, defaultMode: 0440, items: [{ key: k, path: p, mode: 256 }] } }]`,
  );
  expect(volumes).toMatchObject({
    volume: [{ config_map: { default_mode: "0440", items: [{ mode: "0400" }] } }],
  });
  expect(argumentsOf(deployment(POD).replace("spec:\n", "spec:\n  replicas: 3\n"))).toMatchObject({
    spec: { replicas: "3" },
  });
});

it("leaves out what the API server fills in, and what is null", () => {
  const yaml = `apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  creationTimestamp: null
  uid: x
  resourceVersion: "1"
  generation: 2
  managedFields: []
  annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}", own: "1" }
data: { a: "1" }
binaryData: null
`;
  expect(argumentsOf(yaml)).toEqual({
    metadata: { name: "a", namespace: { namespace: "shop" }, annotations: { own: "1" } },
    data: { a: "1" },
  });
  expect(resources(`${deployment(POD)}status: { replicas: 3 }\n`)).toHaveLength(1);
});

it("leaves out blocks that say nothing, and keeps those whose emptiness says something", () => {
  expect(
    specOf(
      "securityContext: {}\naffinity: {}\ncontainers: [{ name: web, image: nginx:1, resources: {}, securityContext: {} }]",
    ),
  ).toEqual({
    container: [{ name: "web", image: "nginx:1" }],
  });
  const policy =
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { podSelector: {} }\n";
  expect(argumentsOf(policy)).toMatchObject({ spec: { pod_selector: {}, policy_types: ["Ingress"] } });
});

test.each([
  [
    "the source of a volume",
    "apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\nspec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], nfs: { server: s, path: /p } }\n",
    { spec: { persistent_volume_source: { nfs: { server: "s", path: "/p" } } } },
  ],
  [
    "the strategy of a DaemonSet",
    deployment(POD, "DaemonSet").replace("spec:\n", "spec:\n  updateStrategy: { type: OnDelete }\n"),
    { spec: { strategy: { type: "OnDelete" } }, wait_for_rollout: false },
  ],
  [
    "the provisioner of a class",
    "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: a }\nprovisioner: p\n",
    { storage_provisioner: "p", allow_volume_expansion: false },
  ],
  [
    "the data of a secret, broken into lines",
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata:\n  a: |\n    c2Vj\n    cmV0\n  b: b2xk\nstringData: { b: new }\n",
    { binary_data: { a: "c2VjcmV0" }, data: { b: "new" } },
  ],
  [
    "the name of a template, which the API server does not look at",
    deployment(POD).replace("metadata: { labels", "metadata: { name: x, namespace: z, labels"),
    { spec: { template: { metadata: { labels: { app: "web" } } } } },
  ],
  [
    "an account by its former name",
    deployment(`${POD}\nserviceAccount: worker`),
    { spec: { template: { spec: { service_account_name: "worker" } } } },
  ],
])("puts %s where the provider has it", (_title, yaml, expected) => {
  const found = argumentsOf(yaml);
  expect(found).toMatchObject(expected);
  expect(JSON.stringify(found)).not.toMatch(/"(updateStrategy|name":"x"|service_account":)/);
});

test.each([
  ["extensions/v1beta1", "Deployment", "kubernetes_deployment_v1"],
  ["apps/v1beta2", "DaemonSet", "kubernetes_daemon_set_v1"],
])("takes %s %s, and selects by the template's labels", (apiVersion, kind, type) => {
  const yaml = deployment(POD, kind)
    .replace("apps/v1", apiVersion)
    .replace("  selector: { matchLabels: { app: web } }\n", "");
  const [resource] = resources(yaml);
  expect(resource?.type).toBe(type);
  expect(argumentsOf(yaml)).toMatchObject({ spec: { selector: { match_labels: { app: "web" } } } });
});

it("takes backends of a v1beta1 Ingress", () => {
  const yaml = `apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: a }
spec: { rules: [{ host: h, http: { paths: [{ path: /, backend: { serviceName: s, servicePort: web } }] } }] }
`;
  const path = [
    { path: "/", path_type: "ImplementationSpecific", backend: { service: { name: "s", port: { name: "web" } } } },
  ];
  expect(argumentsOf(yaml)).toMatchObject({
    spec: { rule: [{ host: "h", http: { path } }] },
    wait_for_load_balancer: false,
  });
});

it("gives custom resources as they are to kubernetes_manifest, after the definition of their kind", () => {
  const yaml = `apiVersion: example.com/v1
kind: Widget
metadata: { name: a, creationTimestamp: null }
spec: { size: 3, text: "\${x}", on: { nested: [1, null] } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec: { group: example.com, names: { kind: Widget, plural: widgets }, scope: Namespaced, versions: [] }
`;
  const [widget, definition] = resources(yaml, { customResources: true });
  expect(widget).toMatchObject({ type: "kubernetes_manifest", after: [definition?.id] });
  expect(argumentsOf(yaml, { customResources: true })).toEqual({
    manifest: {
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: { name: "a", namespace: { namespace: "shop" } },
      spec: { size: 3, text: "${x}", true: { nested: [1, null] } },
    },
  });
});
