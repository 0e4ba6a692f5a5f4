/** Characters that a label's value may have: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const LONGEST = 63;

/**
 * The value of a label that says a tag, as far as labels can: tags may be longer, and begin and end with other characters.
 *
 * @returns Empty where nothing is left.
 */
export function labelValue(tag: string): string {
  return tag
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, LONGEST)
    .replace(/[^A-Za-z0-9]+$/, "");
}
