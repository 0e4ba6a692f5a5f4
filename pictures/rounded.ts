/** A place or length in pixels, as exact as pictures need it. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
