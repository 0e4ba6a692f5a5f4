/** @returns `1 image`, `3 images`, `1,000 clusters`. @param plural @default - the word and an s */
export function counted(count: number, word: string, plural = `${word}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? word : plural}`;
}

/** @returns As many of a list as fit, and how many more there are: `a, b and 7 more`. @param longest Characters. */
export function firstOf(names: readonly string[], longest: number): string {
  // No name is shorter than a letter, a comma and a space.
  for (let shown = Math.min(names.length, Math.ceil(longest / 3)); shown > 0; shown--) {
    const rest = names.length - shown;
    const text = `${names.slice(0, shown).join(", ")}${rest > 0 ? ` and ${rest.toLocaleString("en-US")} more` : ""}`;
    if (text.length <= longest) return text;
  }
  return counted(names.length, "entry", "entries");
}
