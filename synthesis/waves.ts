/** Groups stacks so that each depends on earlier groups only: the stacks of one group may run side by side. */
export function wavesOf<T extends { readonly name: string; readonly dependencies: readonly string[] }>(
  stacks: readonly T[],
): T[][] {
  const waves: T[][] = [];
  const done = new Set<string>();
  let rest = [...stacks];
  while (rest.length > 0) {
    const wave = rest.filter(({ dependencies }) => dependencies.every((name) => done.has(name)));
    if (wave.length === 0) throw new Error(`stacks depend on each other: ${rest.map(({ name }) => name).join(", ")}`);
    waves.push(wave);
    for (const { name } of wave) done.add(name);
    rest = rest.filter(({ name }) => !done.has(name));
  }
  return waves;
}
