import { pullSecretName, stackName, stateKey, stateStore } from "../../config/names";
import type { BackendConfig } from "../../config";
import { environmentFrom } from "../support/environment";
import { BASE, changed } from "./base";

test("a stack of an environment is named after it and its kind", () => {
  expect(stackName("demo", "registry")).toBe("demo-registry");
});

test("a stack of a cluster is named after environment, kind and cluster", () => {
  expect(stackName("demo", "workload", "blue")).toBe("demo-workload-blue");
});

const azurerm = { storageAccount: "account", container: "tfstate" };
const cloud = { organization: "shop", hostname: "app.terraform.io", workspacePrefix: "" };
const s3 = { bucket: "bucket", region: "eu-west-1" };

test.each<[BackendConfig, string]>([
  [{ local: {} }, "../../../terraform.demo-images.tfstate"],
  [{ azurerm }, "demo-images.tfstate"],
  [{ azurerm: { ...azurerm, prefix: "acr/pull" } }, "acr/pull/demo-images.tfstate"],
  [{ cloud }, "demo-images"],
  [{ cloud: { ...cloud, workspacePrefix: "acr-" } }, "acr-demo-images"],
  [{ s3 }, "demo-images.tfstate"],
  [{ s3: { ...s3, prefix: "acr" } }, "acr/demo-images.tfstate"],
  [{ gcs: { bucket: "bucket" } }, "demo-images"],
  [{ gcs: { bucket: "bucket", prefix: "acr" } }, "acr/demo-images"],
  [{ http: { address: "https://host/state" } }, "https://host/state/demo-images"],
])("%j keeps a state at %s", (backend, key) => {
  expect(stateKey(backend, "demo-images")).toBe(key);
});

test.each<[BackendConfig, string]>([
  [{ local: {} }, "local"],
  [{ azurerm }, "azurerm account/tfstate"],
  [{ cloud }, "cloud app.terraform.io/shop"],
  [{ s3 }, "s3 bucket"],
  [{ gcs: { bucket: "bucket" } }, "gcs bucket"],
  [{ http: { address: "https://host/state" } }, "http"],
])("the store of %j is %s", (backend, store) => {
  expect(stateStore(backend)).toBe(store);
});

test.each([
  ["after the registry", BASE, "acrdemo2ss-secret"],
  ["as the cluster says", changed("{ context: blue }", "{ context: blue }\n    pullSecret: shop-pull"), "shop-pull"],
])("the pull secret is named %s", (_title, yaml, name) => {
  const { registry, clusters } = environmentFrom(yaml);
  expect(clusters.blue && pullSecretName(registry, clusters.blue)).toBe(name);
});
