import type { Registry } from "../../clouds/registry-object";
import type { Attributes, ResourceModel } from "../../sdk/model";
import { CloudError, UNKNOWN } from "../../sdk/model";
import { alreadyExists, optionalText, text } from "../values";
import type { AzurermContext } from "./context";

/** What a registry fetches on the first pull. It must not have the repository yet. */
export function cacheRule({ arm }: AzurermContext): ResourceModel {
  const registryOf = (attributes: Attributes): Registry | undefined =>
    arm.registries.get(text(attributes, "container_registry_id"));
  return {
    // Azure cannot take it back: https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/container_registry_cache_rule_resource.go
    alsoReplaces: (planned, prior) =>
      optionalText(prior, "credential_set_id") !== undefined &&
      planned.credential_set_id !== UNKNOWN &&
      optionalText(planned, "credential_set_id") === undefined
        ? ["credential_set_id"]
        : [],
    read: (state) => (registryOf(state)?.cacheRules.has(text(state, "name")) ? {} : undefined),
    create: (planned) => {
      const registry = registryOf(planned);
      if (!registry) throw new CloudError(`retrieving ${text(planned, "container_registry_id")}: ResourceNotFound`);
      const [name, source, target] = [
        text(planned, "name"),
        text(planned, "source_repo"),
        text(planned, "target_repo"),
      ];
      const id = `${registry.id}/cacheRules/${name}`;
      if (registry.cacheRules.has(name)) throw alreadyExists("azurerm_container_registry_cache_rule", id);
      registry.cacheRules.set(name, { source, target, credentialSetId: optionalText(planned, "credential_set_id") });
      return { id, credential_set_id: optionalText(planned, "credential_set_id") ?? "" };
    },
    update: (prior, planned) => {
      const rule = registryOf(prior)?.cacheRules.get(text(prior, "name"));
      if (rule) rule.credentialSetId = optionalText(planned, "credential_set_id");
      return { credential_set_id: optionalText(planned, "credential_set_id") ?? "" };
    },
    delete: (state) => {
      arm.locks.assertUnlocked(text(state, "id"), "delete");
      registryOf(state)?.cacheRules.delete(text(state, "name"));
    },
  };
}
