import type { KeyVault, SecretVersion } from "../../clouds/key-vault";
import type { Attributes, ReadModel, ResourceModel } from "../../sdk/model";
import { CloudError } from "../../sdk/model";
import { alreadyExists, count, importBy, optionalText, text } from "../values";
import { assertTenant, type AzurermContext } from "./context";

/** A secret of a key vault. `value_wo` counts only together with `value_wo_version`. */
export function keyVaultSecret(context: AzurermContext): ResourceModel {
  return {
    read: (state): Attributes | undefined => {
      const vault = context.arm.vaults.get(text(state, "key_vault_id"));
      const newest = vault?.secret(text(state, "name"));
      if (!vault || !newest) return undefined;
      // A write-only value is not read back.
      const value = optionalText(state, "value") === undefined ? null : newest.value;
      return { value, ...idsOf(vault, text(state, "name"), newest) };
    },
    importState: importBy((state) => {
      const [, host = "", name = ""] = /^(https:\/\/[^/]+\/)secrets\/([^/]+)/.exec(text(state, "id")) ?? [];
      const vault = context.arm.vaults.values().find(({ uri }) => uri === host);
      const newest = vault?.secret(name);
      return vault && newest && { name, key_vault_id: vault.id, value: newest.value, ...idsOf(vault, name, newest) };
    }),
    create: (planned, config) => {
      const [vault, name] = [vaultOf(context, planned), text(planned, "name")];
      const existing = vault.secret(name);
      if (existing) throw alreadyExists("azurerm_key_vault_secret", vault.secretUrl(name, existing.version));
      const version = vault.setSecret(name, valueOf(planned, config));
      return idsOf(vault, name, version);
    },
    update: (prior, planned, config) => {
      const [vault, name] = [vaultOf(context, planned), text(planned, "name")];
      const changed = prior.value !== planned.value || prior.value_wo_version !== planned.value_wo_version;
      const version = changed ? vault.setSecret(name, valueOf(planned, config)) : vault.secret(name);
      return version ? idsOf(vault, name, version) : planned;
    },
    delete: (state) => {
      context.arm.vaults.get(text(state, "key_vault_id"))?.deleteSecret(text(state, "name"));
    },
  };
}

/** The ephemeral resource: opened at plan too, so the secret has to exist by then. */
export function openKeyVaultSecret(context: AzurermContext): ReadModel {
  return {
    read: (config) => {
      const [vault, name] = [vaultOf(context, config), text(config, "name")];
      const found = vault.secret(name, optionalText(config, "version"));
      if (!found) throw new CloudError(`A secret with (name/id) ${name} was not found in this key vault: ${vault.uri}`);
      return { value: found.value, version: found.version };
    },
  };
}

function vaultOf(context: AzurermContext, attributes: Attributes): KeyVault {
  const vault = context.arm.vaults.get(text(attributes, "key_vault_id"));
  if (!vault) {
    throw new CloudError(`looking up Key Vault "${text(attributes, "key_vault_id")}": the Key Vault was not found`);
  }
  assertTenant(context, vault);
  return vault;
}

function valueOf(planned: Attributes, config: Attributes): string {
  if (count(planned, "value_wo_version", 0) === 0) return text(planned, "value");
  return text(config, "value_wo");
}

function idsOf(vault: KeyVault, name: string, { version }: SecretVersion): Attributes {
  return {
    id: vault.secretUrl(name, version),
    version,
    versionless_id: vault.secretUrl(name),
    resource_id: `${vault.id}/secrets/${name}/versions/${version}`,
    resource_versionless_id: `${vault.id}/secrets/${name}`,
  };
}
