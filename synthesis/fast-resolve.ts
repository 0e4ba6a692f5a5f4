import { Token, type IResolveContext } from "cdktf";
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the very object that cdktf's own modules call through
import resolution = require("cdktf/lib/tokens/private/resolve");

interface Options {
  readonly prefix?: readonly string[];
  readonly previousContext?: IResolveContext;
}
type Resolve = (value: unknown, options: Options) => unknown;

/** As cdktf looks for numbers that stand for tokens in texts: wider than they are. */
const NUMBER_IN_TEXT = /[-|\d.+]e[-|\d.eE+]/;
/** Numbers that stand for tokens are far beyond it. */
const LARGEST_PLAIN = 2 ** 53;
/** cdktf's own limit of depth is 200: what is deeper goes to it. */
const DEEPEST = 100;
const MAP_VALUES: readonly unknown[] = [Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE];

const replaced = new WeakSet();

/**
 * Makes cdktf resolve what holds no token by copying it. Its own way makes several contexts for each value, and looks for five
 * kinds of tokens in every text: three times, as it resolves each element so often. What may hold a token goes to it as before.
 *
 * @returns Whether this version of cdktf resolves where it is expected to. Otherwise nothing changes but the time, and it says so.
 */
export function resolveFast(module: { resolve?: Resolve } = resolution as object): boolean {
  if (replaced.has(module)) return true;
  const { resolve: slow } = module;
  if (typeof slow !== "function" || slow.length !== 2) {
    process.emitWarning("this version of cdktf resolves in another place: synthesis takes twice as long");
    return false;
  }
  replaced.add(module);
  module.resolve = (value, options) =>
    copy(value, options.prefix ?? [], (part, prefix) => slow(part, { ...options, prefix }));
  return true;
}

/** @param slow cdktf's own way, for what may hold a token. */
function copy(
  value: unknown,
  prefix: readonly string[],
  slow: (part: unknown, prefix: readonly string[]) => unknown,
): unknown {
  switch (typeof value) {
    case "string":
      return isPlain(value) ? value : slow(value, prefix);
    case "number":
      return Math.abs(value) < LARGEST_PLAIN && value !== Token.NUMBER_MAP_TOKEN_VALUE ? value : slow(value, prefix);
    case "boolean":
    case "undefined":
      return value;
    case "object":
      if (value === null) return null;
      if (prefix.length < DEEPEST) {
        if (Array.isArray(value)) return copyList(value, prefix, slow);
        if (isMapping(value)) return copyMapping(value, prefix, slow);
      }
      return slow(value, prefix);
    default:
      return slow(value, prefix);
  }
}

function copyList(list: readonly unknown[], prefix: readonly string[], slow: Parameters<typeof copy>[2]): unknown {
  // One text or number may stand for the whole list.
  if (list.some((item) => (typeof item === "string" && !isPlain(item)) || typeof item === "number"))
    return slow(list, prefix);
  const result: unknown[] = [];
  for (const [index, item] of list.entries()) {
    const copied = copy(item, [...prefix, `${index}`], slow);
    if (copied !== undefined) result.push(copied);
  }
  return result;
}

function copyMapping(
  mapping: Readonly<Record<string, unknown>>,
  prefix: readonly string[],
  slow: Parameters<typeof copy>[2],
): unknown {
  const keys = Object.keys(mapping);
  if (!keys.every(isPlain)) return slow(mapping, prefix);
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const copied = copy(mapping[key], [...prefix, key], slow);
    if (copied !== undefined) result[key] = copied;
  }
  return result;
}

function isPlain(text: string): boolean {
  return !text.includes("TfToken[") && !NUMBER_IN_TEXT.test(text) && !MAP_VALUES.includes(text);
}

/** Whether it is a mapping, as opposed to a token or a construct. */
function isMapping(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof (value as Record<string, unknown>).resolve !== "function"
  );
}
