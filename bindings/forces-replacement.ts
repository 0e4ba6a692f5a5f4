import { resourceFacts } from "./facts";

/**
 * Arguments whose change makes Terraform destroy a resource and create another one. More may do so, decided in a provider's
 * code: growing a disk, say, does not, and shrinking it does.
 * @param type Full name: `azurerm_container_registry`.
 * @returns Dotted paths without list indexes, `spec.selector.match_labels`; a block stands for everything in it. None for a
 * type that is not known.
 */
export function forcesReplacement(type: string): readonly string[] {
  return resourceFacts(type)?.replaces ?? [];
}
