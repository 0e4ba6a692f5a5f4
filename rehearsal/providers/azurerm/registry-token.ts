import { registryId } from "../../clouds/arm-ids";
import type { Registry, RegistryToken } from "../../clouds/registry-object";
import { generatePasswords } from "../../clouds/registry-tokens";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { alreadyExists, block, blocks, flag, importBy, optionalDate, text, texts } from "../values";
import type { AzurermContext } from "./context";

const PASSWORDS = ["password1", "password2"] as const;

export function scopeMap(context: AzurermContext): ResourceModel {
  return {
    read: (state) => {
      const actions = findRegistry(context, state)?.scopeMaps.get(text(state, "name"));
      return actions && { actions };
    },
    importState: importBy((state) => {
      const { registry, name } = placeOf(context, state);
      const actions = registry?.scopeMaps.get(name);
      return registry && actions && { ...idsIn(registry, name), actions };
    }),
    create: (planned) => {
      const registry = requireRegistry(context, planned);
      const name = text(planned, "name");
      const id = `${registry.id}/scopeMaps/${name}`;
      if (registry.scopeMaps.has(name)) throw alreadyExists("azurerm_container_registry_scope_map", id);
      registry.scopeMaps.set(name, texts(planned, "actions"));
      return { id };
    },
    update: (_prior, planned) => {
      requireRegistry(context, planned).scopeMaps.set(text(planned, "name"), texts(planned, "actions"));
      return {};
    },
    delete: (state) => {
      context.arm.locks.assertUnlocked(text(state, "id"), "delete");
      findRegistry(context, state)?.scopeMaps.delete(text(state, "name"));
    },
  };
}

export function registryToken(context: AzurermContext): ResourceModel {
  return {
    read: (state) => {
      const token = findRegistry(context, state)?.tokens.get(text(state, "name"));
      return token && { scope_map_id: token.scopeMapId, enabled: token.enabled };
    },
    importState: importBy((state) => {
      const { registry, name } = placeOf(context, state);
      const token = registry?.tokens.get(name);
      return registry && token && { ...idsIn(registry, name), scope_map_id: token.scopeMapId, enabled: token.enabled };
    }),
    create: (planned) => {
      const registry = requireRegistry(context, planned);
      const name = text(planned, "name");
      const id = `${registry.id}/tokens/${name}`;
      if (registry.tokens.has(name)) throw alreadyExists("azurerm_container_registry_token", id);
      const enabled = flag(planned, "enabled");
      registry.tokens.set(name, { name, scopeMapId: text(planned, "scope_map_id"), enabled, passwords: [] });
      return { id };
    },
    update: (_prior, planned) => {
      const token = findRegistry(context, planned)?.tokens.get(text(planned, "name"));
      if (token) {
        token.enabled = flag(planned, "enabled");
        token.scopeMapId = text(planned, "scope_map_id");
      }
      return {};
    },
    delete: (state) => {
      context.arm.locks.assertUnlocked(text(state, "id"), "delete");
      findRegistry(context, state)?.tokens.delete(text(state, "name"));
    },
  };
}

/** One resource for both passwords of a token: whatever changes, both are made anew. */
export function tokenPassword(context: AzurermContext): ResourceModel {
  return {
    read: (state) => (findToken(context, state)?.token.passwords.length ? {} : undefined),
    create: (planned) => {
      const found = findToken(context, planned);
      const id = text(planned, "container_registry_token_id");
      if (!found) throw new CloudError(`retrieving ${id}: unexpected status 404 (404 Not Found)`);
      if (found.token.passwords.length > 0) {
        throw alreadyExists("azurerm_container_registry_token_password", `${id}/passwords/password`);
      }
      return { id: `${id}/passwords/password`, ...generate(context, found, planned) };
    },
    update: (_prior, planned) => {
      const found = findToken(context, planned);
      return found ? generate(context, found, planned) : {};
    },
    delete: (state) => {
      const found = findToken(context, state);
      if (found) found.token.passwords = [];
    },
  };
}

interface FoundToken {
  readonly registry: Registry;
  readonly token: RegistryToken;
}

function generate({ arm }: AzurermContext, { registry, token }: FoundToken, planned: Attributes): Attributes {
  const wanted = PASSWORDS.filter((name) => blocks(planned, name).length > 0);
  const expiries = Object.fromEntries(wanted.map((name) => [name, optionalDate(block(planned, name), "expiry")]));
  const passwords = generatePasswords(registry, token, expiries, arm.clock.now(), arm.ids);
  return Object.fromEntries(
    passwords.map(({ name, value }) => [name, [{ expiry: block(planned, name).expiry ?? null, value }]]),
  );
}

function findToken({ arm }: AzurermContext, attributes: Attributes): FoundToken | undefined {
  const [registryPart = "", name = ""] = text(attributes, "container_registry_token_id").split("/tokens/");
  const registry = arm.registries.get(registryPart);
  const token = registry?.tokens.get(name);
  return registry && token && { registry, token };
}

/** The registry and the name in the id of something in a registry. */
function placeOf({ arm }: AzurermContext, state: Attributes): { registry: Registry | undefined; name: string } {
  const [registryPart = "", , name = ""] = text(state, "id").split(/\/(scopeMaps|tokens)\//);
  return { registry: arm.registries.get(registryPart), name };
}

function idsIn({ name: container_registry_name, resourceGroup }: Registry, name: string): Attributes {
  return { name, container_registry_name, resource_group_name: resourceGroup };
}

function findRegistry({ arm, subscriptionId }: AzurermContext, attributes: Attributes): Registry | undefined {
  const group = text(attributes, "resource_group_name");
  return arm.registries.get(registryId(subscriptionId, group, text(attributes, "container_registry_name")));
}

function requireRegistry(context: AzurermContext, attributes: Attributes): Registry {
  const registry = findRegistry(context, attributes);
  if (registry) return registry;
  throw new CloudError(
    `unexpected status 404 (404 Not Found) with error: ParentResourceNotFound: registry "${text(attributes, "container_registry_name")}" in resource group "${text(attributes, "resource_group_name")}" was not found.`,
  );
}
