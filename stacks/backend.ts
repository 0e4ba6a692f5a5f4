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
import type { Backend } from "../config";
import { stateKey } from "../config/names";
import { assertNever } from "../config/never";
import { requireTerraform } from "../constructs/required-terraform";

/**
 * Sets the backend of a stack, and the oldest Terraform that can run it: plantimestamp needs 1.5, S3 lock files 1.10.
 * Stacks that read the stack's outputs get the matching remote state. No credential is written: every backend reads its
 * own from the environment of the process that runs Terraform.
 */
export function addBackend(stack: TerraformStack, backend: Backend): TerraformBackend {
  requireTerraform(stack, backend.kind === "s3" ? "1.10" : "1.5");
  const key = stateKey(backend, stack.node.id);
  switch (backend.kind) {
    case "local":
      return new LocalBackend(stack, { path: key });
    case "azurerm": {
      const { storageAccount: storageAccountName, container: containerName, resourceGroup, ...ids } = backend;
      const { subscriptionId, tenantId } = ids;
      return new AzurermBackend(stack, {
        ...{ storageAccountName, containerName, key, resourceGroupName: resourceGroup, subscriptionId, tenantId },
        useAzureadAuth: true,
      });
    }
    case "cloud": {
      const { hostname, organization } = backend;
      const workspaces = new NamedCloudWorkspace(key);
      const cloudBackend = new CloudBackend(stack, { hostname, organization, workspaces });
      // It would run `terraform version`, which synthesis must not need: required_version says the same later.
      cloudBackend.node.validate = () => [];
      return cloudBackend;
    }
    case "s3": {
      const { bucket, region, kmsKeyId, roleArn } = backend;
      const assumeRole = roleArn === undefined ? undefined : { roleArn };
      const s3Backend = new S3Backend(stack, { bucket, region, key, kmsKeyId, assumeRole, encrypt: true });
      // A lock in the bucket itself; the class does not know the argument.
      s3Backend.addOverride("use_lockfile", true);
      return s3Backend;
    }
    case "gcs":
      return new GcsBackend(stack, { bucket: backend.bucket, prefix: key });
    case "http": {
      const lock = `${key}/lock`;
      return new HttpBackend(stack, { address: key, lockAddress: lock, unlockAddress: lock });
    }
    default:
      return assertNever(backend);
  }
}
