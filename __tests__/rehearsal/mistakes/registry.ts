import { SUBSCRIPTION } from "../../../rehearsal/subscription";
import { remove, set } from "./edits";
import type { Mistake } from "./mistake";

const REGISTRY = "resource/azurerm_container_registry/*";
const address = /^azurerm_container_registry\.container-registry_/;

const edits: readonly Mistake[] = [
  {
    what: "a registry's name has a character that is not allowed",
    edit: { registry: set(`${REGISTRY}/name`, "acr-demo") },
    ...{ stack: "registry", step: "plan", address },
    reason: /alpha numeric characters only are allowed in "name": "acr-demo"/,
  },
  {
    what: "a Basic registry wants zone redundancy",
    edit: { registry: set(`${REGISTRY}/zone_redundancy_enabled`, true) },
    ...{ stack: "registry", step: "plan", address },
    reason: /ACR zone redundancy can only be applied when using the Premium Sku/,
  },
  {
    what: "a Basic registry wants network rules",
    edit: { registry: set(`${REGISTRY}/network_rule_set`, [{ default_action: "Deny", ip_rule: [] }]) },
    ...{ stack: "registry", step: "apply", address },
    reason: /`network_rule_set_set` can only be specified for a Premium Sku/,
  },
  {
    what: "a Basic registry wants no public access",
    edit: { registry: set(`${REGISTRY}/public_network_access_enabled`, false) },
    ...{ stack: "registry", step: "apply", address },
    reason: /`public_network_access_enabled` can only be disabled for a Premium Sku/,
  },
  {
    what: "the azurerm provider has no features block",
    edit: { registry: remove("provider/azurerm/0/features") },
    ...{ stack: "registry", step: "plan" },
    reason: /Insufficient features blocks/,
  },
  {
    what: "the subscription is another tenant's",
    edit: { registry: set("provider/azurerm/0/subscription_id", "99999999-9999-9999-9999-999999999999") },
    ...{ stack: "registry", step: "apply", address: /^azurerm_resource_group\./ },
    reason: /404.*SubscriptionNotFound: The subscription '99999999-/,
  },
  {
    what: "an attribute is misspelt",
    edit: { registry: set(`${REGISTRY}/admin_enable`, false) },
    ...{ stack: "registry", step: "plan" },
    reason: /Extraneous JSON object property.*"admin_enable"/s,
  },
  {
    what: "a required attribute is missing",
    edit: { registry: remove(`${REGISTRY}/sku`) },
    ...{ stack: "registry", step: "plan" },
    reason: /Missing required argument.*"sku" is required/s,
  },
  {
    what: "an attribute has a value of the wrong type",
    edit: { registry: set(`${REGISTRY}/admin_enabled`, "perhaps") },
    ...{ stack: "registry", step: "plan" },
    reason: /Inappropriate value for attribute "admin_enabled": a bool is required/,
  },
  {
    what: "an attribute is set that only Azure decides",
    edit: { registry: set(`${REGISTRY}/login_server`, "acrdemo2ss.azurecr.io") },
    ...{ stack: "registry", step: "plan" },
    reason: /Can't configure a value for "login_server"/,
  },
  {
    what: "a reference leads nowhere",
    edit: { registry: set(`${REGISTRY}/location`, "${azurerm_resource_group.main.location}") },
    ...{ stack: "registry", step: "plan" },
    reason: /Reference to undeclared resource/,
  },
  {
    what: "the resource group is a literal that nobody creates",
    edit: { registry: set(`${REGISTRY}/resource_group_name`, "acr-rg3") },
    ...{ stack: "registry", step: "apply", address },
    reason: /404.*ResourceGroupNotFound: Resource group 'acr-rg3' could not be found/,
  },
  {
    what: "the stack asks for a Terraform that is not there",
    edit: { registry: set("terraform/required_version", ">= 99.0.0") },
    ...{ stack: "registry", step: "init" },
    reason: /Unsupported Terraform Core version/,
  },
  {
    what: "a value is another one in every plan",
    edit: { registry: set(`${REGISTRY}/tags`, { applied: "${timestamp()}" }) },
    ...{ stack: "registry", step: "second plan" },
    reason: /is not empty: .*container-registry_\w+: Plan to update/,
  },
];

const events: readonly Mistake[] = [
  {
    what: "the registry's name is taken by somebody else",
    event: ({ arm }) => arm.takenRegistryNames.add("acrdemo2ss"),
    ...{ stack: "registry", step: "apply", address },
    reason: /"acrdemo2ss" .*needs to be globally unique .*already in use/,
  },
  {
    what: "the resource group exists and is in no state",
    event: ({ arm }) => arm.createGroup(SUBSCRIPTION, "acr-rg2", "centralus"),
    ...{ stack: "registry", step: "apply", address: /^azurerm_resource_group\./ },
    reason: /resourceGroups\/acr-rg2" already exists.*needs to be imported into the State/s,
  },
  {
    what: "a lock holds the registry when it is destroyed",
    event: ({ arm }) => {
      for (const { id } of arm.registries.values())
        arm.locks.add({ id: `${id}/locks/keep`, name: "keep", scope: id, level: "CanNotDelete" });
    },
    // Terraform names no address here: what is to go has no configuration.
    ...{ stack: "registry", step: "destroy" },
    reason: /409.*ScopeLocked: .*cannot perform delete operation/,
  },
  {
    what: "somebody put a vault into the resource group that is destroyed",
    event: ({ arm }) => arm.createVault(SUBSCRIPTION, "acr-rg2", "somebodys-vault", "centralus"),
    ...{ stack: "registry", step: "destroy" },
    reason: /still contains Resources.*vaults\/somebodys-vault/s,
  },
];

export const registryMistakes = [...edits, ...events];
