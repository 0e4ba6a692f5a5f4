import type { CacheRule } from "./registry-object";

/** @returns Where a repository of a registry is fetched from, by the most specific rule; undefined where by none. */
export function sourceOf(rules: Iterable<CacheRule>, repository: string): string | undefined {
  const matching = [...rules].flatMap(({ source, target }) => {
    if (target === repository) return [{ length: Infinity, source }];
    const above = target.endsWith("/*") ? target.slice(0, -1) : undefined;
    return above !== undefined && repository.startsWith(above)
      ? [{ length: above.length, source: `${source.slice(0, -1)}${repository.slice(above.length)}` }]
      : [];
  });
  return matching.sort((a, b) => b.length - a.length)[0]?.source;
}
