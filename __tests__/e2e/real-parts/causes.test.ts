import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CauseId } from "../../../diagnosis";
import { parseImage } from "../../../diagnosis/image-name";
import type { LiveReport } from "../../../live/report";
import { PROJECT, temporaryFolder } from "../../support/synthesized";
import { Kubectl } from "./kubectl";

/** An image of a registry of Azure, or of what answers in its name, that nodes reach; and who may pull it. */
const {
  E2E_KUBECONFIG: kubeconfig = "",
  E2E_LIVE_IMAGE: image = "",
  DOCKER_REGISTRY_USER: user = "",
  DOCKER_REGISTRY_PASS: password = "",
} = process.env;
const isGiven = kubeconfig !== "" && image !== "" && password !== "";
if (!isGiven)
  console.warn(
    "What a real kubelet says is not read: E2E_LIVE_IMAGE names no image that DOCKER_REGISTRY_USER may pull",
  );

const { host, repository, reference } = parseImage(image === "" ? "none.azurecr.io/none:none" : image);
const KUBELET_SAYS_IT_AFTER_MS = 30_000;
const PREFIX = "acr-pull-cause";

interface Case {
  readonly cause?: CauseId;
  readonly secret?: { readonly password?: string; readonly host?: string; readonly type?: string } | null;
  readonly image?: string;
  readonly container?: object;
  readonly spec?: object;
}

const CASES: Readonly<Record<string, Case>> = {
  // Whatever user it runs as, it may listen where it likes.
  fine: { spec: { securityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] } } },
  wrong: { cause: "credential-refused", secret: { password: "mistyped" } },
  absent: { cause: "secret-missing", secret: null },
  opaque: { cause: "secret-of-wrong-type", secret: { type: "Opaque" } },
  host: { cause: "secret-for-another-host", secret: { host: "other.azurecr.io" } },
  missing: { cause: "image-missing", image: `${host}/${repository}:no-such-tag` },
  never: {
    cause: "image-never-pulled",
    image: `${host}/${repository}-never:v1`,
    container: { imagePullPolicy: "Never" },
  },
  root: { cause: "image-runs-as-root", container: { securityContext: { runAsNonRoot: true, runAsUser: 0 } } },
  program: { cause: "program-missing", container: { command: ["/no-such-program"] } },
  capitals: { cause: "image-name-invalid", image: `${host}/Capitals/web:v1` },
  config: {
    cause: "configuration-missing",
    container: { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "none", key: "a" } } }] },
  },
  nowhere: { cause: "pod-unschedulable", spec: { nodeSelector: { "acr-pull/none": "here" } } },
};

const kubectl = new Kubectl(kubeconfig);

function objectsOf(key: string, { secret = {}, image: other = image, container = {}, spec = {} }: Case): object[] {
  const namespace = `${PREFIX}-${key}`;
  const auths = { [secret?.host ?? host]: { username: user, password: secret?.password ?? password } };
  const config = Buffer.from(JSON.stringify({ auths })).toString("base64");
  const type = secret?.type ?? "kubernetes.io/dockerconfigjson";
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    ...(secret
      ? [
          {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "pull", namespace },
            type,
            data: { ".dockerconfigjson": config },
          },
        ]
      : []),
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web", namespace },
      spec: {
        imagePullSecrets: [{ name: "pull" }],
        containers: [{ name: "web", image: other, ...container }],
        ...spec,
      },
    },
  ];
}

(isGiven ? describe : describe.skip)("what a real kubelet says", () => {
  const folder = temporaryFolder();
  let report: LiveReport;

  beforeAll(async () => {
    const all = Object.entries(CASES).map(([key, each]) => objectsOf(key, each));
    const listOf = (items: object[]) => ({ apiVersion: "v1", kind: "List", items });
    // By then the namespaces have their accounts, without which there are no pods.
    kubectl.apply(listOf(all.flatMap((objects) => objects.slice(0, -1))));
    kubectl.apply(listOf(all.flatMap((objects) => objects.slice(-1))));
    await setTimeout(KUBELET_SAYS_IT_AFTER_MS);
    const file = path.join(folder, "causes.yaml");
    const namespaces = Object.keys(CASES).map((key) => [`${PREFIX}-${key}`, { existing: true, clusters: ["real"] }]);
    fs.mkdirSync(path.join(folder, ".kube"));
    fs.copyFileSync(kubeconfig, path.join(folder, ".kube/config"));
    const context = kubectl.run(["config", "current-context"]).trim();
    fs.writeFileSync(
      file,
      JSON.stringify({
        registry: { name: host.split(".")[0], resourceGroup: "rg", existing: true },
        images: { web: { repository, tag: reference } },
        clusters: { real: { kubeconfig: { context }, pull: { existingSecret: { name: "pull" } } } },
        namespaces: Object.fromEntries(namespaces) as object,
      }),
    );
    const command = [path.join(PROJECT, "tools/acr-pull.cjs"), "verify", "--json", "--environment", file];
    const env = { ...process.env, HOME: folder };
    let text: string;
    try {
      text = execFileSync(process.execPath, command, { env, encoding: "utf8" });
    } catch (error) {
      text = (error as { stdout: string }).stdout;
    }
    const [first] = JSON.parse(text) as LiveReport[];
    if (!first) throw new Error(text);
    report = first;
  });
  afterAll(() => {
    kubectl.run(["delete", "namespace", "--wait=false", ...Object.keys(CASES).map((key) => `${PREFIX}-${key}`)]);
  });

  it.each(Object.entries(CASES))("is understood: %s", (key, { cause }) => {
    const about = report.results.filter(({ subject }) => subject.endsWith(`namespace ${PREFIX}-${key}`));
    const causes = about.flatMap((result) => result.cause ?? []);
    if (cause === undefined) expect(about.filter(({ state }) => state === "failed")).toEqual([]);
    else expect(causes).toContain(cause);
    // The pod itself says it too, in words that are known.
    const pod = about.find(({ check }) => check === "pod web");
    expect(pod?.state).toBe(cause === undefined ? undefined : "failed");
  });
});
