import {
  AzurermBackend,
  CloudBackend,
  GcsBackend,
  HttpBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformBackend,
  type TerraformStack,
} from "cdktf";
import type { BackendConfig } from "../config";
import { stateKey } from "../config/names";

/**
 * Sets the backend of a stack, and the oldest Terraform that can run it: plantimestamp needs 1.5, S3 lock files 1.10.
 * Stacks that read the stack's outputs get the matching remote state. No credential is written: every backend reads its
 * own from the environment of the process that runs Terraform.
 */
export function addBackend(stack: TerraformStack, backend: BackendConfig): TerraformBackend {
  stack.addOverride("terraform.required_version", backend.s3 ? ">= 1.10.0" : ">= 1.5.0");
  const key = stateKey(backend, stack.node.id);
  const { azurerm, cloud, s3, gcs, http } = backend;
  if (azurerm) {
    return new AzurermBackend(stack, {
      storageAccountName: azurerm.storageAccount,
      containerName: azurerm.container,
      key,
      resourceGroupName: azurerm.resourceGroup,
      subscriptionId: azurerm.subscriptionId,
      tenantId: azurerm.tenantId,
      useAzureadAuth: true,
    });
  }
  if (cloud) {
    const cloudBackend = new CloudBackend(stack, {
      hostname: cloud.hostname,
      organization: cloud.organization,
      workspaces: new NamedCloudWorkspace(key),
    });
    // It would run `terraform version`, which synthesis must not need: required_version says the same later.
    cloudBackend.node.validate = () => [];
    return cloudBackend;
  }
  if (s3) {
    const { bucket, region, kmsKeyId, roleArn } = s3;
    const assumeRole = roleArn === undefined ? undefined : { roleArn };
    const s3Backend = new S3Backend(stack, { bucket, region, key, kmsKeyId, assumeRole, encrypt: true });
    // A lock in the bucket itself; the class does not know the argument.
    s3Backend.addOverride("use_lockfile", true);
    return s3Backend;
  }
  if (gcs) return new GcsBackend(stack, { bucket: gcs.bucket, prefix: key });
  if (http) {
    const lock = `${key}/lock`;
    return new HttpBackend(stack, { address: key, lockAddress: lock, unlockAddress: lock });
  }
  return new LocalBackend(stack, { path: key });
}
