import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";

test.each<Refusal>([
  [
    "no kind",
    "registry:\n",
    "backend: {}\nregistry:\n",
    "environments/demo.yaml:1:10 backend must have exactly one of the keys local, azurerm, cloud, s3, gcs, http",
  ],
  [
    "two kinds",
    "registry:\n",
    "backend: { local: {}, gcs: { bucket: b } }\nregistry:\n",
    "environments/demo.yaml:1:10 backend must have exactly one of the keys local, azurerm, cloud, s3, gcs, http",
  ],
  [
    "an unknown kind",
    "registry:\n",
    "backend: { azure: {} }\nregistry:\n",
    "environments/demo.yaml:1:10 backend must have exactly one of the keys local, azurerm, cloud, s3, gcs, http",
    'environments/demo.yaml:1:12 backend.azure is not a known key; did you mean "azurerm"?',
  ],
  [
    "a kind that is null",
    "registry:\n",
    "backend: { local: }\nregistry:\n",
    "environments/demo.yaml:1:19 backend.local must be a mapping, got: null",
  ],
  [
    "a local path",
    "registry:\n",
    "backend: { local: { path: x } }\nregistry:\n",
    "environments/demo.yaml:1:21 backend.local.path is not a known key",
  ],
  [
    "a storage account with a hyphen",
    "registry:\n",
    "backend: { azurerm: { storageAccount: my-account, container: tfstate } }\nregistry:\n",
    'environments/demo.yaml:1:39 backend.azurerm.storageAccount must be 3-24 lowercase letters or digits, got: "my-account"',
  ],
  [
    "a storage account of 25 characters",
    "registry:\n",
    `backend: { azurerm: { storageAccount: ${"a".repeat(25)}, container: tfstate } }\nregistry:\n`,
    `environments/demo.yaml:1:39 backend.azurerm.storageAccount must be 3-24 lowercase letters or digits, got: "${"a".repeat(25)}"`,
  ],
  [
    "a container of 2 characters",
    "registry:\n",
    "backend: { azurerm: { storageAccount: acc, container: tf } }\nregistry:\n",
    'environments/demo.yaml:1:55 backend.azurerm.container must be a blob container name, got: "tf"',
  ],
  [
    "no container",
    "registry:\n",
    "backend: { azurerm: { storageAccount: acc } }\nregistry:\n",
    "environments/demo.yaml:1:12 backend.azurerm.container is required",
  ],
  [
    "a credential",
    "registry:\n",
    "backend: { azurerm: { storageAccount: acc, container: tfstate, accessKey: x } }\nregistry:\n",
    "environments/demo.yaml:1:64 backend.azurerm.accessKey is not a known key",
  ],
  [
    "a prefix that ends in a slash",
    "registry:\n",
    "backend: { azurerm: { storageAccount: acc, container: tfstate, prefix: a/ } }\nregistry:\n",
    "environments/demo.yaml:1:72 backend.azurerm.prefix must be a relative path of letters, digits, '_', '.' and '-', got: \"a/\"",
  ],
  [
    "an organization that is empty",
    "registry:\n",
    'backend: { cloud: { organization: "" } }\nregistry:\n',
    `environments/demo.yaml:1:35 backend.cloud.organization must be letters, digits, '_' or '-', got: ""`,
  ],
  [
    "a host name with a scheme",
    "registry:\n",
    "backend: { cloud: { organization: o, hostname: https://tfe } }\nregistry:\n",
    'environments/demo.yaml:1:48 backend.cloud.hostname must be a host name, got: "https://tfe"',
  ],
  [
    "a workspace prefix with a slash",
    "registry:\n",
    "backend: { cloud: { organization: o, workspacePrefix: a/ } }\nregistry:\n",
    "environments/demo.yaml:1:55 backend.cloud.workspacePrefix must be letters, digits, '_' or '-', got: \"a/\"",
  ],
  [
    "S3 without a region",
    "registry:\n",
    "backend: { s3: { bucket: b } }\nregistry:\n",
    "environments/demo.yaml:1:12 backend.s3.region is required",
  ],
  [
    "S3 with an absolute prefix",
    "registry:\n",
    "backend: { s3: { bucket: b, region: r, prefix: /a } }\nregistry:\n",
    "environments/demo.yaml:1:48 backend.s3.prefix must be a relative path of letters, digits, '_', '.' and '-', got: \"/a\"",
  ],
  [
    "GCS without a bucket",
    "registry:\n",
    "backend: { gcs: {} }\nregistry:\n",
    "environments/demo.yaml:1:12 backend.gcs.bucket is required",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["local", "{ local: {} }"],
  ["Azure Storage", "{ azurerm: { storageAccount: abc, container: abc, prefix: a/b.c } }"],
  ["HCP Terraform", "{ cloud: { organization: o } }"],
  ["Amazon S3", "{ s3: { bucket: b, region: r, kmsKeyId: k, roleArn: a, prefix: p } }"],
  ["Google Cloud Storage", "{ gcs: { bucket: b, prefix: p } }"],
  ["a REST endpoint", "{ http: { address: https://host:8443/state } }"],
  ["a REST endpoint at the root", "{ http: { address: http://host } }"],
])("accepted: %s", (_title, backend) => {
  expect(refusal(`backend: ${backend}\n${BASE}`)).toEqual([]);
});

test("states are local where no backend is named", () => {
  expect(environmentFrom(BASE).backend).toEqual({ kind: "local" });
});

test.each([
  ["an address with a user", "https://user:s3cret@host/state"],
  ["an address with a query", "https://host/state?private_token=s3cret"],
  ["an address with a final slash", "https://host/"],
  ["an address of another scheme", "ftp://host"],
])("refused without a word of what may be a credential: %s", (_title, address) => {
  expect(refusal(`backend: { http: { address: "${address}" } }\n${BASE}`)).toEqual([
    "environments/demo.yaml:1:29 backend.http.address must be an http(s) URL without user, query or final /",
  ]);
});
