import type { Providers } from "./environment";

/** Something that newer majors of a provider want in another way than the bindings, which stand still. */
export interface Difference {
  readonly provider: keyof Providers;
  /** First major that has it. */
  readonly since: number;
  /** Key of the environment file that it is about. */
  readonly about: string;
  /** What is emitted, before and from then on. */
  readonly arguments: readonly [before: string, after: string];
  readonly source: string;
}

/** All that is known to differ for what this project emits. */
export const DIFFERENCES = {
  replicaRouting: {
    provider: "azurerm",
    since: 5,
    about: "registry.georeplications",
    arguments: ["regional_endpoint_enabled", "global_endpoint_routing_enabled"],
    source:
      "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/guides/5.0-upgrade-guide.html.markdown",
  },
} as const satisfies Readonly<Record<string, Difference>>;

/** Which sides of a difference a constraint lets in. Without one, it is the bindings' own major. */
export function sidesOf({ provider, since }: Difference, providers: Providers): { before: boolean; after: boolean } {
  const constraint = providers[provider];
  if (constraint === undefined) return { before: true, after: false };
  const { low, high } = rangeOf(constraint);
  const border = numberOf([since]);
  return { before: low < Math.min(high, border), after: Math.max(low, border) < high };
}

/** Versions from `low` on and below `high`, as numbers. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
function rangeOf(constraint: string): Range {
  return constraint
    .split(",")
    .map(rangeOfTerm)
    .reduce((all, one) => ({ low: Math.max(all.low, one.low), high: Math.min(all.high, one.high) }));
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
function numberOf([major = 0, minor = 0, patch = 0]: readonly number[]): number {
  return (major * 1e3 + minor) * 1e6 + patch;
}
