import type { Providers } from "./environment";
import { numberOf, rangeOf } from "./version-range";

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
