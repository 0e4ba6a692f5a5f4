import { parseStack } from "./stack-blocks";

/**
 * The registry that a registry stack makes or adopts.
 * @param text The stack's file, which need not be JSON. @default - there is none
 */
export function registryIn(text = ""): { readonly name: string; readonly isMade: boolean } | undefined {
  const { resource = {}, data = {} } = parseStack(text);
  const of = (blocks: typeof resource) => Object.values(blocks.azurerm_container_registry ?? {})[0]?.name;
  const made = of(resource);
  const name = made ?? of(data);
  return typeof name === "string" ? { name, isMade: made !== undefined } : undefined;
}
