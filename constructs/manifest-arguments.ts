import type { Argument, Arguments, ManifestImage } from "../manifests/arguments";
import { literal, literalMap } from "./literal";

/** What stands for what only the stack knows. */
export interface ArgumentContext {
  /** The reference to an image of the registry. */
  readonly imageReference: (image: ManifestImage) => string;
  /** The name of a namespace, a reference where it is made here. */
  readonly namespace: (name: string) => string;
  /** Name of the pull secret in the object's namespace. @default - pods need none */
  readonly pullSecretName: string | undefined;
}

/** Arguments as values of Terraform JSON: all text of manifests goes through `literal`. */
export function manifestArguments(given: Arguments, context: ArgumentContext): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, argument]) => [name, valueOf(argument, context)]));
}

function valueOf(argument: Argument, context: ArgumentContext): unknown {
  if (typeof argument !== "object" || argument === null) return argument;
  if ("text" in argument) return literal(argument);
  if ("map" in argument) return literalMap(argument.map);
  if ("list" in argument) return argument.list.flatMap((item) => itemsOf(item, context));
  if ("block" in argument) return manifestArguments(argument.block, context);
  if ("image" in argument) return context.imageReference(argument.image);
  if ("namespace" in argument) return context.namespace(argument.namespace);
  if ("any" in argument) {
    return Object.fromEntries(argument.any.map(([key, value]) => [literal(key), valueOf(value, context)]));
  }
  return { name: context.pullSecretName };
}

/** Where pods need no pull secret, the list has one item less. */
function itemsOf(item: Argument, context: ArgumentContext): unknown[] {
  const isNeedless =
    typeof item === "object" && item !== null && "pullSecret" in item && context.pullSecretName === undefined;
  return isNeedless ? [] : [valueOf(item, context)];
}
