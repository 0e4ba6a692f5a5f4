import { registryIn } from "./registry-in";
import { parseStack, resourcesOf, type Block, type StackBlocks } from "./stack-blocks";
import type { StackChange } from "./stack-change";

/** The files of a stack, before and after. */
export interface StackTexts {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What another name of the registry does to the images stack, whose own file need not say it.
 * @param name Of the images stack.
 */
export function formerRegistry(name: string, registry: StackTexts, images: StackTexts): StackChange[] {
  const [was, is] = [registryIn(registry.before), registryIn(registry.after)];
  const [before, after] = [parseStack(images.before ?? ""), parseStack(images.after ?? "")];
  const pushed = [...resourcesOf(before).keys()].some((address) => address.startsWith("docker_registry_image."));
  if (!was || !is || was.name === is.name || !pushed || images.after === undefined) return [];
  const fate = was.isMade ? "goes with it" : "stays there";
  const moved = [
    `pushes to ${is.name} anew; what it has pushed to ${was.name} ${fate}`,
    ...(isKnown(was.name, after)
      ? []
      : [
          `fails, since it cannot read what it has pushed to ${was.name}: add ${was.name} to registry.formerly until it has been applied`,
        ]),
  ];
  return [{ stack: name, gone: [], added: [], replaced: [], moved }];
}

/** Whether the docker provider knows a host of the registry. */
function isKnown(registry: string, { provider }: StackBlocks): boolean {
  const logins = provider?.docker?.flatMap(({ registry_auth: entries }) => entries as readonly Block[]) ?? [];
  return logins.some(({ address }) => typeof address === "string" && new RegExp(`^${registry}[.-]`).test(address));
}
