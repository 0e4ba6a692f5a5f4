/** Powers of ten or two that the suffixes of a quantity stand for, in billionths. */
const SUFFIXES: Readonly<Record<string, bigint>> = {
  ...{ n: 1n, u: 10n ** 3n, m: 10n ** 6n, "": 10n ** 9n, k: 10n ** 12n, M: 10n ** 15n, G: 10n ** 18n },
  ...{ T: 10n ** 21n, P: 10n ** 24n, E: 10n ** 27n },
  ...{ Ki: (10n ** 9n) << 10n, Mi: (10n ** 9n) << 20n, Gi: (10n ** 9n) << 30n, Ti: (10n ** 9n) << 40n },
  ...{ Pi: (10n ** 9n) << 50n, Ei: (10n ** 9n) << 60n },
};

/** Digits of exponents beyond which no quantity is of use, and arithmetic takes for ever. */
const QUANTITY = /^\+?(?=\.?\d)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/** A whole of quantities: bytes, or CPUs. */
export const WHOLE = 10n ** 9n;

/**
 * What a Kubernetes quantity such as `128Mi`, `0.5` or `1e3` stands for, in billionths of a byte or CPU; finer ones are rounded
 * up, as the API server does. The grammar is that of ParseQuantity:
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go
 *
 * @returns Undefined where it is none, or negative.
 */
export function billionthsOf(text: string): bigint | undefined {
  const [match, whole = "", fraction = "", suffix = "", exponent] = QUANTITY.exec(text) ?? [];
  const unit = SUFFIXES[suffix];
  if (match === undefined || unit === undefined) return undefined;
  const digits = BigInt(whole + fraction);
  const power = Number(exponent ?? 0) - fraction.length;
  if (power >= 0) return digits * unit * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits * unit + divisor - 1n) / divisor;
}
