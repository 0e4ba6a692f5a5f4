/** Versions from `low` on and below `high`, as numbers. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export function rangeOf(constraint: string): Range {
  return constraint
    .split(",")
    .map(rangeOfTerm)
    .reduce((all, one) => ({ low: Math.max(all.low, one.low), high: Math.min(all.high, one.high) }));
}

/** @returns The major of the oldest version that a constraint lets in. */
export function lowestMajor(constraint: string): number {
  return Math.floor(rangeOf(constraint).low / numberOf([1]));
}

function rangeOfTerm(term: string): Range {
  const [, operator = "=", version = ""] = /^\s*(=|!=|>=?|<=?|~>)?\s*([\d.]+)/.exec(term) ?? [];
  const parts = version.split(".").map(Number);
  const own = numberOf(parts);
  switch (operator) {
    case "<":
      return { low: 0, high: own };
    case "<=":
      return { low: 0, high: own + 1 };
    case ">":
      return { low: own + 1, high: Infinity };
    case ">=":
      return { low: own, high: Infinity };
    case "!=":
      return { low: 0, high: Infinity };
    case "~>":
      // All parts but the last stay: of one part alone, nothing does.
      return { low: own, high: parts.length === 1 ? Infinity : numberOf(next(parts.slice(0, -1))) };
    default:
      return { low: own, high: own + 1 };
  }
}

function next(parts: readonly number[]): number[] {
  return parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part));
}

/** A version as one number: parts are below a million. */
export function numberOf([major = 0, minor = 0, patch = 0]: readonly number[]): number {
  return (major * 1e3 + minor) * 1e6 + patch;
}
