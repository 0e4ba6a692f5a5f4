import type { Environment, Registry } from "../../config";
import { assertNever } from "../../config/never";
import { grantsByRepository } from "../../config/roles";
import type { AzureApi } from "../azure/azure-api";
import type { RegistryResource } from "../azure/azure-objects";
import { failed, notChecked, ok, type Findings, type Outcome } from "../check";

const SUBJECT = "registry";

/** What Azure says of the registry. */
export interface FoundRegistry {
  /** @default - it is not there, or may not be read */
  readonly resource?: RegistryResource;
  /** Whether it is still to be made: then nothing answers in its name, and need not. */
  readonly isPlanned: boolean;
}

/** Asks Azure Resource Manager for the registry. */
export async function checkRegistry(
  findings: Findings,
  azure: AzureApi,
  { registry }: Environment,
): Promise<FoundRegistry> {
  let found: RegistryResource | undefined;
  const state = await findings.check(SUBJECT, "is there", async () => {
    found = await azure.registry(registry.resourceGroup.name, registry.name);
    if (found) return ok(`${found.properties.loginServer}, ${found.sku.name}, ${found.location}`);
    return missing(registry, azure);
  });
  if (!found) {
    findings.add(SUBJECT, "mode", notChecked("the registry"));
    return { isPlanned: state === "ok" };
  }
  const { properties } = found;
  findings.add(SUBJECT, "mode", mode(registry, properties.roleAssignmentMode));
  return { resource: found, isPlanned: false };
}

async function missing(registry: Registry, azure: AzureApi): Promise<Outcome> {
  const place = `registry ${registry.name} in resource group ${registry.resourceGroup.name}`;
  switch (registry.kind) {
    case "adopted":
      return failed("registry-missing", `there is no ${place}`);
    case "created":
      return (await azure.isNameFree(registry.name))
        ? ok("not there yet, and its name is free: the registry stack makes it")
        : failed("registry-name-taken", `there is no ${place}, but one of this name somewhere else`);
    default:
      return assertNever(registry);
  }
}

/** @param mode As Azure says it; older API versions do not. */
function mode(registry: Registry, mode = "LegacyRegistryPermissions"): Outcome {
  const isByRepository = mode === "AbacRepositoryPermissions";
  const name = isByRepository ? "permissions by repository" : "permissions by registry";
  return isByRepository === grantsByRepository(registry)
    ? ok(name)
    : failed("registry-in-other-mode", `the registry has ${name}`);
}
