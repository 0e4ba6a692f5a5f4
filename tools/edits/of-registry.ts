import { edit, type Edit } from "./edit";
import { ADOPTED, CREATED, DOCKER, REGISTRY, WHOLE, groupId, image } from "./files";
import { destroyBefore, importInto } from "./todo";

const ADOPTED_GROUP = { name: "contoso-rg", existing: true };
const REGISTRY_ID = `${groupId("contoso-rg")}/providers/Microsoft.ContainerRegistry/registries/contosoacr01`;
const SUBSCRIPTIONS = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"] as const;

/** Edits of the registry and of what it lies in. */
export const OF_REGISTRY: readonly Edit[] = [
  {
    ...edit("`registry.name`, of a registry that is made here", WHOLE, {
      "registry.name": "contosoacr02",
    }),
    written: { "registry.formerly": ["contosoacr01"] },
  },
  {
    ...edit("`registry.name`, of one that is adopted", image({ build: DOCKER }), { "registry.name": "contosoacr02" }),
    written: { "registry.formerly": ["contosoacr01.azurecr.io"] },
  },
  edit("`registry.location`", REGISTRY, { "registry.location": "northeurope" }),
  edit("`registry.resourceGroup`", REGISTRY, { "registry.resourceGroup": "other-rg" }),
  edit("`registry.sku`", REGISTRY, { "registry.sku": "Standard" }),
  edit("registry: made here → `existing`", REGISTRY, { registry: ADOPTED }),
  edit(
    "registry: `existing` → made here",
    { ...REGISTRY, registry: ADOPTED },
    { registry: CREATED },
    importInto("-registry", { azurerm_resource_group: groupId("contoso-rg"), azurerm_container_registry: REGISTRY_ID }),
  ),
  edit("resource group: made here → `existing`", REGISTRY, { "registry.resourceGroup": ADOPTED_GROUP }),
  edit(
    "resource group: `existing` → made here",
    { ...REGISTRY, registry: { ...CREATED, resourceGroup: ADOPTED_GROUP } },
    { "registry.resourceGroup": "contoso-rg" },
    importInto("-registry", { azurerm_resource_group: groupId("contoso-rg") }),
  ),
  edit(
    "`azure.subscriptionId`",
    { ...REGISTRY, azure: { subscriptionId: SUBSCRIPTIONS[0] } },
    { "azure.subscriptionId": SUBSCRIPTIONS[1] },
    destroyBefore("-registry"),
  ),
];
