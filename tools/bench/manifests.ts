import fs from "node:fs";
import path from "node:path";
import { printTable } from "./markdown";
import { runNode } from "./node";
import { HEADER, measure, rowsOf } from "./synthesis";

const OBJECTS = 1000;
const ROUNDS = 5;
/** Manifests lie below the project. */
const FOLDER = "tools/bench/.manifests";

/** What objects of manifests add to a synthesis. */
export async function manifests(): Promise<void> {
  fs.mkdirSync(FOLDER);
  try {
    const results = await measure(
      "manifests",
      [1, OBJECTS].map((objects) => {
        const file = path.join(FOLDER, `objects-${objects}.yaml`);
        fs.writeFileSync(path.join(FOLDER, `k8s-${objects}.yaml`), objectsOf(objects));
        fs.writeFileSync(file, environmentWith(`${FOLDER}/k8s-${objects}.yaml`));
        const run = () => runNode(["tools/run.cjs", "main.ts"], { ENVIRONMENTS: file });
        return { name: `${objects.toLocaleString("en-US")} objects`, run };
      }),
      ROUNDS,
    );
    const [one, many] = results;
    if (!one || !many) return;
    printTable("Objects of manifests in one cluster", HEADER, rowsOf(results, one), [
      {
        ...{ subject: "1,000 objects add", bound: "at most", limit: 2, unit: "s" },
        value: many.seconds.median - one.seconds.median,
      },
    ]);
  } finally {
    fs.rmSync(FOLDER, { recursive: true });
  }
}

function environmentWith(manifestsPath: string): string {
  return `registry: { name: benchregistry, resourceGroup: bench-rg, location: westeurope, sku: Basic }
images: { web: { repository: bench/web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters: { bench: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
manifests: { bench: { path: ${manifestsPath}, clusters: [bench], namespace: bench } }
`;
}

/** Of four kinds in turn, those that applications have most of. */
function objectsOf(count: number): string {
  const kinds = [deployment, service, configMap, ingress];
  return Array.from({ length: count }, (_, index) => kinds[index % kinds.length]?.(`app${index}`) ?? "").join("---\n");
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: web
          image: benchregistry.azurecr.io/bench/web:1
          envFrom: [{ configMapRef: { name: ${name} } }]
          ports: [{ name: http, containerPort: 8080 }]
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 64Mi } }
          readinessProbe: { httpGet: { path: /, port: http } }
          volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes: [{ name: tmp, emptyDir: {} }]
`;
}

function service(name: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }\n`;
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { URL: "http://${name}:80", MODE: "\${x}" }\n`;
}

function ingress(name: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec:
  rules:
    - host: ${name}.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;
}
