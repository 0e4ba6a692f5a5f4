/**
 * Widths in em, of DejaVu Sans: the widest of the fonts that pictures ask for, so that a text fits in whichever is there. Read out of its
 * metrics, rounded up.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl|'.,:;!I ]/u, 0.36],
  [/[frt\-()[\]/\\"]/u, 0.45],
  [/[mwMW@%]/u, 1],
  [/[A-HJ-LN-VX-Z_&~+=<>#…]/u, 0.8],
  [/[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1.3],
];
const OTHERS = 0.65;

/** @param size Of the font, in pixels. @returns Pixels that a line of text takes at most. */
export function textWidth(text: string, size: number): number {
  const ems = Array.from(text).reduce(
    (sum, character) => sum + (WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHERS),
    0,
  );
  return Math.ceil(ems * size);
}
