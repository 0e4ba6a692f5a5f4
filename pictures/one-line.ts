/** What breaks lines, steers terminals or turns the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * What a person wrote, as it can stand in a line of a picture.
 * @param longest Characters that it may have; the rest becomes `…`. @default - all
 */
export function oneLine(text: string, longest = Infinity): string {
  const characters = Array.from(text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim());
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
