import fs from "node:fs";
import path from "node:path";
import { StepFailure } from "../../rehearsal/rehearsed-stack";
import { load, projectWith } from "../support/environment";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const DIGEST = `sha256:${"1".repeat(64)}`;
const fileOf = (path: string) => `registry: { name: everyregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
  web: { repository: team/web, tag: "1", prebuilt: "${DIGEST}" }
  store: { repository: team/store, tag: "2", prebuilt: "${DIGEST}" }
  tools: { repository: team/tools, tag: "1", prebuilt: "${DIGEST}" }
clusters: { onprem: { kubeconfig: {}, pull: { servicePrincipal: {} } } }
manifests: { every: { path: ${path}, clusters: [onprem], namespace: every, customResources: true } }
`;

/** A rehearsal of manifests. @param files By their paths. */
function rehearsalWith(files: Readonly<Record<string, string>>, path = "k8s") {
  const project = projectWith({ "environments/demo.yaml": fileOf(path), ...files });
  const [environment] = load(project).environments;
  if (!environment) throw new Error("no environment");
  return rehearsalOf({ environment, projectDirectory: project });
}

const POD = "containers: [{ name: a, image: everyregistry.azurecr.io/team/web:1 }]";
const template = (pod: string) => `template: { metadata: { labels: { app: a } }, spec: { ${pod} } }`;
const controller = (kind: string, pod = POD, more = "") =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: a }\nspec: { selector: { matchLabels: { app: a } }, ${more}${template(pod)} }\n`;
const job = (pod: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { ${template(`restartPolicy: Never, ${pod}`)} }\n`;
const cronJob = (pod: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { schedule: "@daily", jobTemplate: { spec: { ${template(`restartPolicy: Never, ${pod}`)} } } }\n`;
const given = (container: string) => POD.replace("team/web:1", `team/web:1, ${container}`);

describeWithTools(["terraform"], "objects of every kind", () => {
  const rehearsal = rehearsalWith(
    Object.fromEntries(
      ["cluster.yaml", "configuration.yaml", "network.json", "pods.yaml"].map((name) => [
        `k8s/${name}`,
        readFixture(name),
      ]),
    ),
  );

  it("are made, with an empty second plan", async () => {
    await rehearsal.deploy();
  });

  it("have their pods pull, each by the pull secret", () => {
    const [cluster] = rehearsal.clouds.clusters;
    const own = cluster?.pulls.filter(({ image }) => image.startsWith("everyregistry")) ?? [];
    expect(new Set(own.map(({ ok, username }) => `${ok} ${username === "anonymous"}`))).toEqual(
      new Set(["true false"]),
    );
    const kinds = new Set(cluster?.pods.map(({ kind }) => kind));
    // The CronJob is suspended.
    expect([...kinds].sort()).toEqual([
      "DaemonSet",
      "Deployment",
      "Job",
      "Pod",
      "ReplicationController",
      "StatefulSet",
    ]);
  });

  it("go, and leave nothing", async () => {
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});

describeWithTools(["terraform"], "a mistake in manifests", () => {
  const failureOf = async (manifest: string) => {
    const rehearsal = rehearsalWith({ "k8s/a.yaml": manifest });
    try {
      await rehearsal.deploy();
    } catch (error) {
      if (error instanceof StepFailure) return `${error.step}: ${error.reason}`;
      throw error;
    }
    return "none";
  };

  test.each([
    ["a Deployment", controller("Deployment")],
    ["a Job", job(POD)],
    ["a CronJob", cronJob(POD)],
  ])("%s without one runs", async (_title, manifest) => {
    expect(await failureOf(manifest)).toBe("none");
  });

  test.each([
    [
      "a ConfigMap that is not there",
      controller("Deployment", given("envFrom: [{ configMapRef: { name: absent } }]")),
      /^apply: Deployment exceeded its progress deadline[^]*CreateContainerConfigError: configmap "absent" not found/,
    ],
    [
      "a key that a Secret does not have",
      `${controller("StatefulSet", given("env: [{ name: A, valueFrom: { secretKeyRef: { name: s, key: absent } } }]"), "serviceName: a, ")}---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: b }\n`,
      /^apply: StatefulSet every\/a is not finished[^]*CreateContainerConfigError: couldn't find key absent in Secret every\/s/,
    ],
    [
      "a Secret that a volume names",
      controller("DaemonSet", `${POD}, volumes: [{ name: v, secret: { secretName: absent } }]`),
      /^apply: [^]*FailedMount: MountVolume.SetUp failed for volume "v" : secret "absent" not found/,
    ],
    [
      "a key that a volume names",
      `${controller("DaemonSet", `${POD}, volumes: [{ name: v, configMap: { name: m, items: [{ key: absent, path: p }] } }]`)}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: m }\ndata: { a: b }\n`,
      /references non-existent config key: absent/,
    ],
    [
      "a claim that is not there",
      job(`${POD}, volumes: [{ name: v, persistentVolumeClaim: { claimName: absent } }]`),
      /^probe: pods of Job every\/a do not run[^]*Unschedulable: 0\/1 nodes are available: persistentvolumeclaim "absent" not found\./,
    ],
    [
      "an account that is not there",
      cronJob(`${POD}, serviceAccountName: absent`),
      /^probe: pods of CronJob every\/a do not run[^]*serviceaccount "absent" not found/,
    ],
  ])("%s is found, with its cause", async (_title, manifest, expected) => {
    expect(await failureOf(manifest)).toMatch(expected);
  });

  const widget = "apiVersion: acme.io/v1\nkind: Widget\nmetadata: { name: w }\nspec: { parts: [{ name: a }] }\n";
  const definition =
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.acme.io }\nspec: { group: acme.io, " +
    "names: { kind: Widget, plural: widgets }, scope: Namespaced, versions: [{ name: v1, served: true, storage: true, schema: { " +
    "openAPIV3Schema: { type: object, properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } } } }] }\n";

  it("is no custom resource whose kind is in the cluster", async () => {
    expect(await failureOf(`${widget}---\n${controller("Deployment")}`)).toBe("none");
  });

  it("is no definition of a kind", async () => {
    expect(await failureOf(definition)).toBe("none");
  });

  it("is a custom resource whose kind is not there before the same apply", async () => {
    expect(await failureOf(`${definition}---\n${widget}`)).toMatch(
      /^plan: API did not recognize GroupVersionKind from manifest \(CRD may not be installed\)[^]*no matches for kind "Widget" in group "acme.io"/,
    );
  });

  it("is none where what is missing is optional", async () => {
    const container = given(
      "env: [{ name: A, valueFrom: { configMapKeyRef: { name: absent, key: k, optional: true } } }]",
    );
    expect(await failureOf(controller("Deployment", container))).toBe("none");
  });
});

function readFixture(name: string): string {
  return fs.readFileSync(path.join(PROJECT, "__tests__/manifests/fixtures/every-kind", name), "utf8");
}
