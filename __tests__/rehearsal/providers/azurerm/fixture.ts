import type { Attributes } from "../../../../rehearsal/sdk/model";
import type { Resource } from "../harness";
import { resource, setUp, SUBSCRIPTION } from "../harness";

export const GROUP_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/acr-rg2`;
export const REGISTRY_ID = `${GROUP_ID}/providers/Microsoft.ContainerRegistry/registries/acrdemo2ss`;
export const REGISTRY: Attributes = {
  name: "acrdemo2ss",
  resource_group_name: "acr-rg2",
  location: "centralus",
  sku: "Basic",
  tags: null,
};

/** Clouds with the tutorial's resource group and registry, made by Terraform. */
export async function withRegistry(overrides: Attributes = {}) {
  const world = setUp();
  const type = (name: string): Resource => resource(world.providers.azurerm, name);
  const group = await type("azurerm_resource_group").create({ name: "acr-rg2", location: "centralus", tags: null });
  const registry = await type("azurerm_container_registry").create({ ...REGISTRY, ...overrides });
  return { ...world, type, group, registry };
}
