/** Factors of the suffixes that a quantity may end in. */
const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  ...{ m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};

/**
 * The number that a Kubernetes quantity such as `128Mi` or `500m` stands for: bytes, or CPUs.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 *
 * @throws {Error} Where it is none.
 */
export function quantity(text: string): number {
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = FACTORS[suffix];
  if (digits === undefined || factor === undefined) throw new Error(`no Kubernetes quantity: "${text}"`);
  return Number(digits) * factor;
}
