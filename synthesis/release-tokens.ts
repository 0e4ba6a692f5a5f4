// eslint-disable-next-line @typescript-eslint/no-require-imports -- the very object that cdktf's own modules use
import tokenMap = require("cdktf/lib/tokens/private/token-map");

/** Entries by the numbers of tokens, or by keys that end in them. */
interface Tokens {
  readonly stringTokenMap?: unknown;
  readonly numberTokenMap?: unknown;
}

/**
 * Notes which tokens there are. cdktf remembers every token, and all that it refers to, for as long as the process lives.
 *
 * @returns Forgets all that came later. Whoever uses one of those after that gets an error of cdktf.
 */
export function markTokens(tokens: object = tokenMap.TokenMap.instance()): () => void {
  const { stringTokenMap, numberTokenMap } = tokens as Tokens;
  const maps = [stringTokenMap, numberTokenMap].filter((map) => map instanceof Map);
  if (maps.length < 2)
    process.emitWarning("this version of cdktf keeps its tokens elsewhere: synthesis takes more memory");
  const marks = maps.map((map) => ({ map, entries: [...map] }));
  return () => {
    for (const { map, entries } of marks) {
      map.clear();
      for (const [key, token] of entries) map.set(key, token);
    }
  };
}
