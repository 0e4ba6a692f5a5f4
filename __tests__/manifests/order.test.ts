import { deployment, resources } from "./manifests";

const object = (apiVersion: string, kind: string, name: string, more = "") =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}`;
const after = (yaml: string, id: string) => resources(yaml).find((resource) => resource.id === id)?.after;

it("makes what a pod is given before it", () => {
  const yaml =
    deployment(`serviceAccountName: worker
priorityClassName: high
imagePullSecrets: [{ name: pull }]
containers:
  - name: a
    image: nginx
    envFrom: [{ configMapRef: { name: from } }]
    env: [{ name: A, valueFrom: { secretKeyRef: { name: key, key: k } } }]
volumes:
  - { name: a, persistentVolumeClaim: { claimName: claim } }
  - { name: b, projected: { sources: [{ configMap: { name: projected } }] } }
  - { name: c, secret: { secretName: volume } }`) +
    ["from", "projected", "unused"].map((name) => object("v1", "ConfigMap", name)).join("") +
    ["pull", "key", "volume"].map((name) => object("v1", "Secret", name)).join("") +
    object("v1", "ServiceAccount", "worker") +
    object("scheduling.k8s.io/v1", "PriorityClass", "high", "value: 1\n") +
    object(
      "v1",
      "PersistentVolumeClaim",
      "claim",
      "spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n",
    );
  expect(after(yaml, "Deployment_shop_web")).toEqual([
    ...["ConfigMap_shop_from", "ConfigMap_shop_projected", "PersistentVolumeClaim_shop_claim", "PriorityClass__high"],
    ...["Secret_shop_key", "Secret_shop_pull", "Secret_shop_volume", "ServiceAccount_shop_worker"],
  ]);
});

it("does not take an object of another namespace for what is meant", () => {
  const yaml = deployment("serviceAccountName: worker\ncontainers: [{ name: a, image: nginx }]");
  expect(
    after(
      `${yaml}---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: worker, namespace: other }\n`,
      "Deployment_shop_web",
    ),
  ).toEqual([]);
});

it("has nothing wait for itself, where two name each other", () => {
  const yaml =
    object("v1", "ServiceAccount", "worker", "imagePullSecrets: [{ name: token }]\n") +
    `---\napiVersion: v1\nkind: Secret\nmetadata: { name: token, annotations: { kubernetes.io/service-account.name: worker } }\ntype: kubernetes.io/service-account-token\n`;
  expect(resources(yaml).map((resource) => resource.after)).toEqual([[], ["ServiceAccount_shop_worker"]]);
});

it("leaves replicas to an autoscaler, and the mark of a restart to whoever made it", () => {
  const autoscaler = object(
    "autoscaling/v1",
    "HorizontalPodAutoscaler",
    "a",
    "spec: { maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: web } }\n",
  );
  const [web, scaler] = resources(deployment("containers: [{ name: a, image: nginx }]") + autoscaler);
  expect(web?.ignored).toEqual([
    'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]',
    "spec[0].replicas",
  ]);
  expect(scaler).toMatchObject({ after: ["Deployment_shop_web"], ignored: [] });
});
