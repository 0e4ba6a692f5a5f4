/** One resource of a state, as `terraform show -json` has it. */
export interface StateResource {
  readonly address: string;
  readonly values: unknown;
}

/** Where a resource is of another kind than the real provider left it. */
export interface StateDifference {
  readonly address: string;
  /** `spec[0].replicas`. Empty where one of the two has no such resource. */
  readonly path: string;
  readonly real: string;
  readonly rehearsed: string;
}

/**
 * Compares what the real providers left in state with what the rehearsal leaves: null, zero, text, number, true or false, the
 * names of maps and objects, the lengths of lists. Texts and numbers themselves are those of another world.
 * @param real Only these resources are looked at.
 */
export function compareStates(real: readonly StateResource[], rehearsed: readonly StateResource[]): StateDifference[] {
  const found = new Map(rehearsed.map((resource) => [resource.address, resource.values]));
  return real.flatMap(({ address, values }) => {
    if (!found.has(address)) return [{ address, path: "", real: "present", rehearsed: "absent" }];
    return compare(values, found.get(address), "").map((difference) => ({ address, ...difference }));
  });
}

type Found = Omit<StateDifference, "address">;

function compare(real: unknown, rehearsed: unknown, path: string): Found[] {
  const [one, other] = [kindOf(real), kindOf(rehearsed)];
  if (one !== other) return [{ path, real: one, rehearsed: other }];
  if (Array.isArray(real)) {
    return real.flatMap((item, index) => compare(item, (rehearsed as unknown[])[index], `${path}[${index}]`));
  }
  if (typeof real !== "object" || real === null) return [];
  const [before, after] = [real, rehearsed] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const here = path === "" ? name : `${path}.${name}`;
    if (!(name in before)) return [{ path: here, real: "absent", rehearsed: kindOf(after[name]) }];
    if (!(name in after)) return [{ path: here, real: kindOf(before[name]), rehearsed: "absent" }];
    return compare(before[name], after[name], here);
  });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `list of ${value.length}`;
  switch (typeof value) {
    case "string":
      return value === "" ? '""' : "text";
    case "number":
      return value === 0 ? "0" : "number";
    case "boolean":
      return String(value);
    default:
      return "object";
  }
}
