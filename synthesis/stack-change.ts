import { forcesReplacement } from "../bindings/forces-replacement";

/** What the next apply of a stack does beyond changing things in place. */
export interface StackChange {
  readonly stack: string;
  /** Addresses of resources that go. */
  readonly gone: readonly string[];
  /** Addresses of resources that come. */
  readonly added: readonly string[];
  /** Resources that are destroyed and created again, with the argument that forces it: `type.name (argument)`. */
  readonly replaced: readonly string[];
  /** What becomes of all that the stack has deployed, as the end of the sentence "the next apply of <stack> …". */
  readonly moved: readonly string[];
}

type Block = Readonly<Record<string, unknown>>;
interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: { readonly backend?: Block; readonly cloud?: Block };
}

/** Replaced with every release or by the calendar, and nothing is lost: images stay, and passwords overlap. */
const ROUTINE = new Set([
  "docker_image",
  "docker_registry_image",
  "azuread_application_password",
  "azurerm_container_registry_task_schedule_run_now",
]);

/** Arguments of the kubernetes provider that say which cluster it is. */
const CLUSTER = ["config_path", "config_context", "host"];

/**
 * @param before Text of the stack's file before, which need not be JSON: somebody may have broken it.
 * @returns Nothing where an apply destroys nothing and finds what it has deployed.
 */
export function changeOf(stack: string, before: string, after: string): StackChange[] {
  const [former, current] = [parse(before), parse(after)];
  const [was, is] = [resourcesOf(former), resourcesOf(current)];
  const gone = [...was.keys()].filter((address) => !is.has(address));
  const added = [...is.keys()].filter((address) => !was.has(address));
  const replaced = replacements(was, is);
  const moved = was.size === 0 ? [] : movesOf(former, current);
  return gone.length + replaced.length + moved.length > 0 ? [{ stack, gone, added, replaced, moved }] : [];
}

/** @returns No address where the text is no JSON: a file that somebody has broken is replaced like any other. */
function parse(text: string): StackJson {
  try {
    return JSON.parse(text) as StackJson;
  } catch {
    return {};
  }
}

function resourcesOf({ resource = {} }: StackJson): Map<string, Block> {
  return new Map(
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block] as const),
    ),
  );
}

function replacements(was: ReadonlyMap<string, Block>, is: ReadonlyMap<string, Block>): string[] {
  const found = new Map<string, string>();
  const visit = () => {
    const before = found.size;
    for (const [address, block] of is) {
      const former = was.get(address);
      const type = address.split(".", 1)[0] ?? "";
      if (!former || found.has(address) || ROUTINE.has(type)) continue;
      const cause = forcesReplacement(type).find((path) => {
        const value = JSON.stringify(valuesAt(block, path));
        return (
          value !== JSON.stringify(valuesAt(former, path)) || [...found.keys()].some((other) => refersTo(value, other))
        );
      });
      if (cause !== undefined) found.set(address, cause);
    }
    // What refers to something that is replaced gets a new value too.
    if (found.size > before) visit();
  };
  visit();
  return [...found].map(([address, cause]) => `${address} (${cause})`);
}

function refersTo(text: string, address: string): boolean {
  return text.includes(`\${${address}.`);
}

/** The values at a dotted path; lists on the way are gone through. */
function valuesAt(value: unknown, path: string): unknown[] {
  return path.split(".").reduce<unknown[]>(
    (values, key) =>
      values.flatMap((one) => {
        const items: unknown[] = Array.isArray(one) ? one : [one];
        return items.flatMap((item) => {
          const inner = typeof item === "object" && item !== null ? (item as Block)[key] : undefined;
          return inner === undefined ? [] : [inner];
        });
      }),
    [value],
  );
}

function movesOf(former: StackJson, current: StackJson): string[] {
  const storeOf = ({ terraform = {} }: StackJson) => JSON.stringify([terraform.backend, terraform.cloud]);
  const clusterOf = ({ provider = {} }: StackJson) =>
    JSON.stringify(provider.kubernetes?.map((block) => CLUSTER.map((key) => block[key])));
  return [
    ...(storeOf(former) === storeOf(current)
      ? []
      : [
          "looks for its state in another place, and creates everything again unless terraform init -migrate-state takes it along",
        ]),
    ...(clusterOf(former) === clusterOf(current)
      ? []
      : ["leads to another cluster: what it has deployed stays in the former one, and nothing destroys it there"]),
  ];
}
