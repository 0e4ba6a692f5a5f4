import { App } from "cdktf";
import type { Cluster, Environment } from "../../config";
import { KubeletIdentity } from "../../constructs/kubelet-identity";
import { WorkloadStack } from "../../stacks/workload-stack";
import { environmentFrom } from "../support/environment";
import { temporaryFolder } from "../support/synthesized";

// The loader lets nothing through that leads here: these errors guard against callers that build an environment by hand.

const ENVIRONMENT = environmentFrom(`
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images: { web: { repository: shop/web, tag: v1, build: { docker: { context: docker-manifests } } } }
clusters: { blue: { kubeconfig: { context: blue }, pull: { servicePrincipal: { name: pull-blue } } } }
workloads: { web: { image: web, clusters: [blue], port: 8080 } }
`);

function blueOf({ clusters: { blue } }: Environment): Cluster {
  if (!blue) throw new Error("the environment has no cluster blue");
  return blue;
}

function workloadStack(environment: Environment, references: Readonly<Record<string, string>>): WorkloadStack {
  const cluster = blueOf(environment);
  return new WorkloadStack(new App({ outdir: temporaryFolder() }), "workload", {
    environment,
    cluster,
    workloads: environment.workloads,
    registry: { id: "id", loginServer: "host", name: "registry", resourceGroupName: "group" },
    references,
    credential: new KubeletIdentity(),
  });
}

test("a workload whose image is known by its digest is accepted", () => {
  expect(() => workloadStack(ENVIRONMENT, { web: "@sha256:0" })).not.toThrow();
});

test("a workload whose image was not built is an error", () => {
  expect(() => workloadStack(ENVIRONMENT, {})).toThrow(new Error('no entry "web" among none'));
});

test("a workload whose image is not in the environment is an error", () => {
  expect(() => workloadStack({ ...ENVIRONMENT, images: {} }, { web: "@sha256:0" })).toThrow(
    new Error('no entry "web" among none'),
  );
});
