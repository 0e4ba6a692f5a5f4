import type { CacheRule } from "./registry-object";

/** @returns Where a repository of a registry is fetched from, by the most specific rule; undefined where by none. */
export function sourceOf(rules: Iterable<CacheRule>, repository: string): string | undefined {
  return ruleFor(rules, repository)?.source;
}

/** @returns The most specific rule for a repository of a registry, and where that comes from: `host/repository`. */
export function ruleFor<Rule extends CacheRule>(
  rules: Iterable<Rule>,
  repository: string,
): { readonly rule: Rule; readonly source: string } | undefined {
  const matching = [...rules].flatMap((rule) => {
    const { source, target } = rule;
    if (target === repository) return [{ length: Infinity, rule, source }];
    const above = target === "*" || target.endsWith("/*") ? target.slice(0, -1) : undefined;
    return above !== undefined && repository.startsWith(above)
      ? [{ length: above.length, rule, source: `${source.slice(0, -1)}${repository.slice(above.length)}` }]
      : [];
  });
  return matching.toSorted((one, other) => other.length - one.length)[0];
}
