import { isDeepStrictEqual } from "node:util";

/** The part of `terraform show -json <plan>` that is compared. */
interface Plan {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly after: unknown;
      readonly after_unknown: unknown;
      readonly after_sensitive: unknown;
    };
  }[];
  readonly prior_state?: {
    readonly values?: {
      readonly root_module?: { readonly resources?: readonly { readonly type: string; readonly values: unknown }[] };
    };
  };
}

/** A resource to create or a data source that was read, by its type, whatever its address. */
type Planned = Readonly<Record<string, unknown>>;

/**
 * Compares what two plans create and read: types and values, known, unknown and sensitive. Remote states are left out,
 * because their outputs have other names; what is made of them is compared.
 *
 * @param ours Output of `terraform show -json`, of a plan from an empty state.
 * @param theirs The same of the hand-written twin.
 * @throws {Error} Where they differ, with every value that only one of them has, or where a plan does not create all.
 */
export function assertSamePlan(stack: string, ours: string, theirs: string): void {
  const [left, right] = [contentOf(stack, ours), contentOf(stack, theirs)];
  if (isDeepStrictEqual(left, right)) return;
  const [a, b] = [left.flatMap((planned) => linesOf(planned)), right.flatMap((planned) => linesOf(planned))];
  const differences = [...without(a, b).map((line) => `- ${line}`), ...without(b, a).map((line) => `+ ${line}`)];
  throw new Error(
    [`${stack}: tools/bench/hcl/${stack} must plan the same, - ours, + by hand:`, ...differences].join("\n"),
  );
}

function contentOf(stack: string, text: string): Planned[] {
  const { resource_changes = [], prior_state } = JSON.parse(text) as Plan;
  const created = resource_changes.map(({ type, change: { actions, after, after_unknown, after_sensitive } }) => {
    // What is looked at after something was created is read by the apply.
    if (!["create", "read"].includes(actions.join()))
      throw new Error(`${stack}: a plan from an empty state must create ${type}, got: ${actions.join()}`);
    return { type, after, after_unknown, after_sensitive };
  });
  const read = (prior_state?.values?.root_module?.resources ?? [])
    .filter(({ type }) => type !== "terraform_remote_state")
    .map(({ type, values }) => ({ type, values }));
  return [...created, ...read].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** One line a value: `azurerm_container_registry.after.sku = "Basic"`. */
function linesOf({ type, ...values }: Planned): string[] {
  const flatten = (path: string, value: unknown): string[] =>
    typeof value === "object" && value !== null && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([key, inner]) => flatten(`${path}.${key}`, inner))
      : [`${path} = ${JSON.stringify(value)}`];
  return flatten(String(type), values);
}

/** What is left of the lines where each of the others takes one away. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const index = rest.indexOf(line);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
