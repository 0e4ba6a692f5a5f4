import { Fn, Token } from "cdktf";

const HEXADECIMAL = 16;
/** Few enough for the whole numbers of every provider, and far too few to say something about a password. */
const DIGITS = 8;

/**
 * A number that changes whenever one of the values does, for write-only arguments: providers send those again only with
 * another version. Generations would not do: a password is also renewed by hand, or by an edit of the environment.
 */
export function revisionOf(values: readonly (string | number)[]): number {
  const hash = Fn.sha256(Fn.jsonencode(values));
  return Token.asNumber(Fn.parseint(Fn.substr(hash, 0, DIGITS), HEXADECIMAL));
}
