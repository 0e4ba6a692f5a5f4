import { stackName, stateKey, stateStore } from "../../config/names";
import type { Backend } from "../../config";

test("a stack of an environment is named after it and its kind", () => {
  expect(stackName("demo", "registry")).toBe("demo-registry");
});

test("a stack of a cluster is named after environment, kind and cluster", () => {
  expect(stackName("demo", "workload", "blue")).toBe("demo-workload-blue");
});

const azurerm = { kind: "azurerm", storageAccount: "account", container: "tfstate" } as const;
const cloud = { kind: "cloud", organization: "shop", hostname: "app.terraform.io", workspacePrefix: "" } as const;
const s3 = { kind: "s3", bucket: "bucket", region: "eu-west-1" } as const;

test.each<[Backend, string]>([
  [{ kind: "local" }, "../../../terraform.demo-images.tfstate"],
  [azurerm, "demo-images.tfstate"],
  [{ ...azurerm, prefix: "acr/pull" }, "acr/pull/demo-images.tfstate"],
  [cloud, "demo-images"],
  [{ ...cloud, workspacePrefix: "acr-" }, "acr-demo-images"],
  [s3, "demo-images.tfstate"],
  [{ ...s3, prefix: "acr" }, "acr/demo-images.tfstate"],
  [{ kind: "gcs", bucket: "bucket" }, "demo-images"],
  [{ kind: "gcs", bucket: "bucket", prefix: "acr" }, "acr/demo-images"],
  [{ kind: "http", address: "https://host/state" }, "https://host/state/demo-images"],
])("%j keeps a state at %s", (backend, key) => {
  expect(stateKey(backend, "demo-images")).toBe(key);
});

test.each<[Backend, string]>([
  [{ kind: "local" }, "local"],
  [azurerm, "azurerm account/tfstate"],
  [cloud, "cloud app.terraform.io/shop"],
  [s3, "s3 bucket"],
  [{ kind: "gcs", bucket: "bucket" }, "gcs bucket"],
  [{ kind: "http", address: "https://host/state" }, "http"],
])("the store of %j is %s", (backend, store) => {
  expect(stateStore(backend)).toBe(store);
});
