import { App } from "cdktf";
import type { Environment } from "../../config";
import { clusterSlices, type WorkloadSlice } from "../../config/slices";
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

const SLICE = sliceOf(ENVIRONMENT);

function sliceOf(environment: Environment): WorkloadSlice {
  const [blue] = clusterSlices(environment);
  if (!blue) throw new Error("the environment has no cluster");
  return blue.workload;
}

function workloadStack(slice: WorkloadSlice, references: Readonly<Record<string, string>>): WorkloadStack {
  return new WorkloadStack(new App({ outdir: temporaryFolder() }), "workload", {
    ...slice,
    registry: { id: "id", loginServer: "host", name: "registry", resourceGroupName: "group" },
    references,
    credential: new KubeletIdentity(),
  });
}

test("a workload whose image is known by its digest is accepted", () => {
  expect(() => workloadStack(SLICE, { web: "@sha256:0" })).not.toThrow();
});

test("a workload whose image was not built is an error", () => {
  expect(() => workloadStack(SLICE, {})).toThrow(new Error('no entry "web" among none'));
});

test("a workload whose image is not in the environment is an error", () => {
  const withoutImages = { ...SLICE, environment: { ...SLICE.environment, images: {} } };
  expect(() => workloadStack(withoutImages, { web: "@sha256:0" })).toThrow(new Error('no entry "web" among none'));
});
