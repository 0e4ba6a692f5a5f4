import { handedOver, otherEffects } from "./other-effects";
import { replacements } from "./replacements";
import { parseStack, resourcesOf, typeOf } from "./stack-blocks";

/** What the next apply of a stack does beyond changing things in place. */
export interface StackChange {
  readonly stack: string;
  /** Addresses of resources that go. */
  readonly gone: readonly string[];
  /** Addresses of resources that come. */
  readonly added: readonly string[];
  /** Resources that are destroyed and created again, with the argument that forces it: `type.name (argument)`. */
  readonly replaced: readonly string[];
  /** What else becomes of what the stack has deployed, as the end of the sentence "the next apply of <stack> …". */
  readonly moved: readonly string[];
}

/** Replaced with every release or by the calendar, and nothing is lost: images stay, and passwords overlap. */
const ROUTINE = new Set([
  "docker_image",
  "docker_registry_image",
  "azuread_application_password",
  "azurerm_container_registry_task_schedule_run_now",
]);

/**
 * @param before Text of the stack's file before, which need not be JSON: somebody may have broken it.
 * @returns Nothing where an apply destroys nothing and finds what it has deployed.
 */
export function changeOf(stack: string, before: string, after: string): StackChange[] {
  const [former, current] = [parseStack(before), parseStack(after)];
  const [was, is] = [resourcesOf(former), resourcesOf(current)];
  const given = handedOver(former, current);
  const gone = [...was.keys()].filter((address) => !is.has(address) && !given.includes(address));
  const added = [...is.keys()].filter((address) => !was.has(address));
  const causes = replacements(former, current);
  const replaced = [...causes]
    .filter(([address]) => !ROUTINE.has(typeOf(address)))
    .map(([address, cause]) => `${address} (${cause})`);
  const moved = otherEffects({ former, current, causes });
  return gone.length + replaced.length + moved.length > 0 ? [{ stack, gone, added, replaced, moved }] : [];
}
