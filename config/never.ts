/**
 * The end of a `switch` over a closed union: a kind that is added to the union and not handled before does not compile.
 *
 * @throws {Error} Where the types were circumvented.
 */
export function assertNever(value: never): never {
  throw new Error(`not a case that is known: ${JSON.stringify(value)}`);
}
