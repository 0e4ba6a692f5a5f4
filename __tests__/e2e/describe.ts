/** A `describe` whose tests need the engine. Where it cannot run they are skipped; set-up says why. */
export function describeWithEngine(name: string, tests: () => void): void {
  const { E2E_UNAVAILABLE: reason } = process.env;
  if (reason === undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: ${reason})`, tests);
}
