import { armLookup, objectLookup, principalLookup, roleLookup, type Lookup } from "../bindings/lookups";
import { TYPED_KINDS } from "../manifests/kinds";

/** Arguments of a resource as Terraform JSON has them, resolved. */
type Arguments = Readonly<Record<string, unknown>>;

/** How what a resource stands for is found. */
export type Finding =
  | ({ readonly kind: "lookup" } & Lookup)
  /** Not to be imported: what to do instead. */
  | { readonly kind: "remedy"; readonly remedy: string };

type Finder = (name: string, values: Arguments) => Finding;

/** By the type of the resource. Types that are not here, and are no objects of Kubernetes, are not looked for. */
const FINDERS: Readonly<Record<string, Finder>> = {
  azurerm_resource_group: (name, values) => byDataSource("azurerm_resource_group", name, { name: values.name }),
  azurerm_container_registry: (name, values) =>
    lookup(armLookup(name, { type: "Microsoft.ContainerRegistry/registries", ...placeOf(values) })),
  azurerm_key_vault: (name, values) =>
    lookup(armLookup(name, { type: "Microsoft.KeyVault/vaults", ...placeOf(values) })),
  azurerm_key_vault_secret: (name, { name: secret, key_vault_id }) =>
    byDataSource("azurerm_key_vault_secret", name, { name: secret, key_vault_id }),
  azurerm_container_registry_scope_map: (name, values) =>
    byDataSource("azurerm_container_registry_scope_map", name, inRegistry(values)),
  azurerm_container_registry_token: (name, values) =>
    byDataSource("azurerm_container_registry_token", name, inRegistry(values)),
  azurerm_container_registry_token_password: (_, { container_registry_token_id: token }) => ({
    kind: "remedy",
    remedy: `nobody can read its passwords again: ${credentialDelete(String(token))}, and apply again`,
  }),
  azurerm_role_assignment: (name, { scope, role_definition_name: role, principal_id: principal }) =>
    lookup(
      roleLookup(name, { scope: String(scope), role: String(role), principals: expressionList(String(principal)) }),
    ),
  azuread_application: (name, { display_name }) => {
    const type = "azuread_application";
    return lookup({
      data: { [type]: { [name]: { display_name } } },
      ids: `["/applications/\${data.${type}.${name}.object_id}"]`,
    });
  },
  azuread_service_principal: (name, { client_id: id }) => lookup(principalLookup(name, String(id))),
};

/** @returns How the resource's object is found; undefined where another apply makes it anew without any harm. */
export function findingOf(type: string, name: string, values: Arguments): Finding | undefined {
  const known = TYPED_KINDS.find((one) => one.type === type);
  if (!known) return FINDERS[type]?.(name, values);
  const { name: object, namespace } = values.metadata as { readonly name: string; readonly namespace?: string };
  return lookup(objectLookup(name, { ...known, name: object, namespace }));
}

function lookup(found: Lookup): Finding {
  return { kind: "lookup", ...found };
}

/** Fails where there is nothing, which says so. */
function byDataSource(type: string, name: string, values: Arguments): Finding {
  return lookup({ data: { [type]: { [name]: values } }, ids: `[data.${type}.${name}.id]` });
}

function placeOf(values: Arguments): { name: string; resourceGroup: string } {
  return { name: String(values.name), resourceGroup: String(values.resource_group_name) };
}

function inRegistry({ name, container_registry_name, resource_group_name }: Arguments): Arguments {
  return { name, container_registry_name, resource_group_name };
}

function expressionList(value: string): string {
  const expression = /^\$\{(.*)\}$/s.exec(value)?.[1];
  return expression === undefined ? JSON.stringify([value]) : `[${expression}]`;
}

/** https://learn.microsoft.com/cli/azure/acr/token/credential#az-acr-token-credential-delete */
function credentialDelete(tokenId: string): string {
  const [, registry = "", token = ""] = /\/registries\/([^/]+)\/tokens\/([^/]+)$/.exec(tokenId) ?? [];
  return `az acr token credential delete --registry ${registry} --name ${token} --password1 --password2`;
}
