import { billionthsOf, WHOLE } from "../config/quantity";

/**
 * The number that a Kubernetes quantity such as `128Mi` or `500m` stands for: bytes, or CPUs.
 *
 * @throws {Error} Where it is none.
 */
export function quantity(text: string): number {
  const billionths = billionthsOf(text);
  if (billionths === undefined) throw new Error(`no Kubernetes quantity: "${text}"`);
  return Number(billionths) / Number(WHOLE);
}
