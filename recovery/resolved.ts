import type { Block } from "../synthesis/stack-blocks";
import type { StateObjects } from "../terraform/state";

/** Thrown for what is known only once something else is in the state. */
export class NotYetKnown extends Error {
  constructor(readonly address: string) {
    super(`waits for ${address}`);
  }
}

const REFERENCE = /\$\{([a-z0-9]+_[a-z0-9_]+)\.([\w-]+)((?:\.[\w-]+|\[\d+\])+)\}/g;

/**
 * The arguments of a resource with what they refer to in other resources of its stack put in: from the state, or from what the
 * configuration says of it. References to anything else, such as another stack, stay expressions.
 *
 * @throws {NotYetKnown} Where the other resource is not in the state either, and decides the value itself.
 */
export function resolved(value: unknown, resources: ReadonlyMap<string, Block>, state: StateObjects): unknown {
  if (typeof value === "string")
    return value.replace(REFERENCE, (whole: string, type: string, name: string, path: string) => {
      const address = `${type}.${name}`;
      const config = resources.get(address);
      if (!config) return whole;
      const found = at(state.get(address), path) ?? at(config, path);
      if (typeof found !== "string" || found.includes("${")) throw new NotYetKnown(address);
      return found;
    });
  if (Array.isArray(value)) return value.map((item) => resolved(item, resources, state));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, resolved(own, resources, state)]));
}

/** @param path `.metadata[0].name`. A block that occurs once has no list around it in Terraform JSON. */
function at(value: unknown, path: string): unknown {
  return [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].reduce<unknown>((here, [, name, index]) => {
    if (index !== undefined) return Array.isArray(here) ? (here as unknown[])[Number(index)] : here;
    return typeof here === "object" && here !== null ? (here as Block)[name ?? ""] : undefined;
  }, value);
}
