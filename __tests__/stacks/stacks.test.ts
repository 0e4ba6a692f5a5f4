import fs from "node:fs";
import path from "node:path";
import {
  SHIPPED,
  stacksIn,
  stackIn,
  synthesizeFiles,
  synthesizeYaml,
  resourcesOf,
  type Json,
} from "../support/synthesized";

/** Versions change with every release of the bindings, and hashes with every change of the page: neither is news here. */
function masked(text: string): unknown {
  const versions = (line: string) => line.replace(/\d+(\.\d+)*/g, "<version>");
  return JSON.parse(text.replace(/"version": "[^"]*"/g, versions).replace(/\b[0-9a-f]{64}\b/g, "<sha256>"));
}

// The fleet has ten times what the others have once.
describe.each(SHIPPED.filter((file) => file !== "examples/fleet.yaml"))("%s", (file) => {
  const stacks = stacksIn(synthesizeFiles([file]));

  it.each(stacks.map(({ name, text }) => [name, text]))("%s stays as it is", (_, text) => {
    expect(masked(text)).toMatchSnapshot();
  });
});

describe("two clusters, three workloads, two namespaces, a shared image", () => {
  const outdir = synthesizeYaml(`
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images:
  shared: { repository: shared, tag: v1, build: { docker: { context: docker-manifests } } }
clusters:
  one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull-one } } }
  two: { kubeconfig: { context: two }, pull: { servicePrincipal: { name: pull-two } } }
workloads:
  a: { image: shared, clusters: [one, two], namespace: front, port: 80 }
  b: { image: shared, clusters: [one], namespace: front, port: 81 }
  c: { image: shared, clusters: [one], namespace: back, port: 82 }
`);
  const placesOf = (ending: string, type: string) =>
    resourcesOf(stackIn(outdir, ending), type).map((resource) => (resource.metadata as Json).namespace);

  it("makes one secret in each namespace that a cluster uses", () => {
    expect(placesOf("-workload-one", "kubernetes_secret_v1").sort()).toEqual([
      expect.stringContaining("kubernetes_namespace_v1.namespaces_back_"),
      expect.stringContaining("kubernetes_namespace_v1.namespaces_front_"),
    ]);
    expect(placesOf("-workload-two", "kubernetes_secret_v1")).toEqual([expect.stringContaining("namespaces_front_")]);
  });

  it("runs each workload on its clusters, in its namespace", () => {
    expect(placesOf("-workload-one", "kubernetes_deployment_v1")).toHaveLength(3);
    expect(placesOf("-workload-two", "kubernetes_deployment_v1")).toHaveLength(1);
  });

  it("builds the shared image once", () => {
    expect(resourcesOf(stackIn(outdir, "-images"), "docker_image")).toHaveLength(1);
  });

  it("orders the stacks by what they read", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(
      Object.fromEntries(
        Object.entries(manifest.stacks).map(([name, { dependencies }]) => [name, dependencies.sort()]),
      ),
    ).toEqual({
      "test-registry": [],
      "test-images": ["test-registry"],
      "test-identity-one": ["test-registry"],
      "test-identity-two": ["test-registry"],
      "test-workload-one": ["test-identity-one", "test-images", "test-registry"],
      "test-workload-two": ["test-identity-two", "test-images", "test-registry"],
    });
  });
});

describe("an environment of prebuilt images", () => {
  const outdir = synthesizeYaml(`
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"0".repeat(64)}" } }
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull } } } }
workloads: { web: { image: web, clusters: [one], port: 80 } }
`);

  it("has no images stack and needs no Docker engine", () => {
    expect(stacksIn(outdir).map(({ name }) => name)).toEqual([
      "test-identity-one",
      "test-registry",
      "test-workload-one",
    ]);
  });
});

describe("backends", () => {
  const backendOf = (yaml: string) => {
    const outdir = synthesizeYaml(`
backend: ${yaml}
registry: { name: testregistry, resourceGroup: rg, location: westeurope, sku: Basic }
images: {}
clusters: { one: { kubeconfig: { context: one }, pull: { servicePrincipal: { name: pull } } } }
workloads: {}
`);
    const { terraform } = stackIn(outdir, "-registry").json;
    const remote = stackIn(outdir, "-identity-one").json.data?.terraform_remote_state ?? {};
    return { own: terraform.backend ?? { cloud: terraform.cloud }, read: Object.values(remote)[0] };
  };

  it("local: one place beside the output, wherever that is", () => {
    const file = { path: "../../../terraform.test-registry.tfstate" };
    expect(backendOf("{ local: {} }")).toMatchObject({
      own: { local: file },
      read: { backend: "local", config: file },
    });
  });

  it("azurerm: a blob a stack, by Entra ID", () => {
    const config = {
      storage_account_name: "account",
      container_name: "states",
      key: "p/test-registry.tfstate",
      use_azuread_auth: true,
    };
    expect(backendOf("{ azurerm: { storageAccount: account, container: states, prefix: p } }")).toMatchObject({
      own: { azurerm: config },
      read: { backend: "azurerm", config },
    });
  });

  it("cloud: a workspace a stack", () => {
    const config = { hostname: "app.terraform.io", organization: "shop", workspaces: { name: "x-test-registry" } };
    expect(backendOf("{ cloud: { organization: shop, workspacePrefix: x- } }")).toMatchObject({
      own: { cloud: config },
      read: { backend: "remote", config },
    });
  });

  it("s3: encrypted, with a lock file and a Terraform that knows it", () => {
    const config = { bucket: "states", region: "eu-west-1", key: "test-registry.tfstate" };
    expect(backendOf("{ s3: { bucket: states, region: eu-west-1 } }")).toMatchObject({
      own: { s3: { ...config, encrypt: true, use_lockfile: true } },
      read: { backend: "s3", config },
    });
  });

  it("gcs: a prefix a stack", () => {
    const config = { bucket: "states", prefix: "team/test-registry" };
    expect(backendOf("{ gcs: { bucket: states, prefix: team } }")).toMatchObject({
      own: { gcs: config },
      read: { backend: "gcs", config },
    });
  });

  it("http: an address and a lock a stack", () => {
    const address = "https://gitlab.example/api/v4/projects/1/terraform/state/test-registry";
    expect(backendOf("{ http: { address: https://gitlab.example/api/v4/projects/1/terraform/state } }")).toMatchObject({
      own: { http: { address, lock_address: `${address}/lock`, unlock_address: `${address}/lock` } },
      read: { backend: "http", config: { address } },
    });
  });
});
