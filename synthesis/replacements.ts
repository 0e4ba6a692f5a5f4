import { forcesReplacement } from "../bindings/forces-replacement";
import { resourcesOf, typeOf, valuesAt, type Block, type StackBlocks } from "./stack-blocks";

/** @returns The first argument that forces the replacement of each resource that is replaced, by address; what follows from others comes after them. */
export function replacements(former: StackBlocks, current: StackBlocks): Map<string, string> {
  const was = resourcesOf(former);
  const candidates = [...resourcesOf(current)].flatMap(([address, block]) => {
    const old = was.get(address);
    return old ? [[address, suspectsOf(typeOf(address), block, old)] as const] : [];
  });
  const found = new Map<string, string>();
  const visit = (isChanged: (value: string, old: string) => boolean) => {
    const before = found.size;
    for (const [address, suspects] of candidates) {
      if (found.has(address)) continue;
      const cause = suspects.find(({ value, old }) => isChanged(value, old));
      if (cause) found.set(address, cause.path);
    }
    return found.size > before;
  };
  visit((value, old) => value !== old && !value.includes("${") && !old.includes("${"));
  const follows = (value: string, old: string) => {
    const now = meaning(value, current);
    // What takes a value that only an apply knows from something that is replaced gets another one too.
    return now !== meaning(old, former) || [...found.keys()].some((other) => now.includes(`${other} `));
  };
  while (visit(follows)) continue;
  return found;
}

interface Suspect {
  readonly path: string;
  readonly value: string;
  readonly old: string;
}

/** The arguments that force a replacement and whose value may be another: the text is, or it has references. */
function suspectsOf(type: string, block: Block, old: Block): Suspect[] {
  const isSettled = (value: string, former: string) => value === former && !value.includes("${");
  if (isSettled(JSON.stringify(block), JSON.stringify(old))) return [];
  return forcesReplacement(type)
    .map((path) => ({
      path,
      value: JSON.stringify(valuesAt(block, path)),
      old: JSON.stringify(valuesAt(old, path)),
    }))
    .filter(({ value, old }) => !isSettled(value, old));
}

const REFERENCE = /\$\{(data\.)?(\w+)\.([\w-]+)\.([\w.[\]-]+)\}/g;

/**
 * Values with what stands behind their references, equal where an apply gives equal ones: what is written in the same stack is
 * put in, and of what the cloud decides it is said of which object, whether the stack makes or adopts that.
 */
function meaning(values: string, stack: StackBlocks): string {
  return values.replace(REFERENCE, (text, data: string | undefined, type: string, name: string, path: string) => {
    const block = stack[data === undefined ? "resource" : "data"]?.[type]?.[name];
    if (!block) return text;
    // Outputs of other stacks are named after what they come from.
    const dotted = path.replace(/\[\d+\]/g, "").replace("cross-stack-output-data", "cross-stack-output-");
    const [written] = valuesAt(block, dotted);
    if (typeof written === "string") return meaning(JSON.stringify(written).slice(1, -1), stack);
    return `${type}.${name} ${identityOf(block, stack)} ${dotted}`;
  });
}

function identityOf(block: Block, stack: StackBlocks): string {
  return ["name", "resource_group_name"].map((key) => meaning(JSON.stringify(valuesAt(block, key)), stack)).join();
}
