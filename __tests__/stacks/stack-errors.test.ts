import { App, TerraformStack } from "cdktf";
import type { ClusterConfig, Environment } from "../../config";
import { KubeletIdentity } from "../../constructs/kubelet-identity";
import { connectToCluster } from "../../stacks/cluster-connection";
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

function blueOf({ clusters: { blue } }: Environment): ClusterConfig {
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
  expect(() => workloadStack(ENVIRONMENT, {})).toThrow(new Error("image web has no reference"));
});

test("a workload whose image is not in the environment is an error", () => {
  expect(() => workloadStack({ ...ENVIRONMENT, images: {} }, { web: "@sha256:0" })).toThrow(
    new Error("image web has no reference"),
  );
});

test("a cluster that cannot be reached is an error", () => {
  const stack = new TerraformStack(new App({ outdir: temporaryFolder() }), "stack");
  const cluster = { ...blueOf(ENVIRONMENT), kubeconfig: undefined };
  expect(() => {
    connectToCluster(stack, cluster, ENVIRONMENT);
  }).toThrow(new Error("a cluster needs kubeconfig or aks"));
});
