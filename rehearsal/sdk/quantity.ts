const SCALE = 9;
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d+))?$/;

/**
 * Reads a quantity of Kubernetes: `100m`, `1.5Gi`, `2e3`.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @returns Billionths, as finer values are rounded up to; undefined where the text is none.
 */
export function quantity(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", suffix = "", exponent = "0"] = QUANTITY.exec(text) ?? [];
  if (sign === undefined || whole + fraction === "") return undefined;
  const decimals = DECIMAL.indexOf(suffix);
  const power = (decimals < 0 ? 0 : (decimals - 3) * 3) + Number(exponent) + SCALE - fraction.length;
  const factor = decimals < 0 ? 1024n ** BigInt(BINARY.indexOf(suffix)) : 1n;
  const digits = BigInt(whole + fraction) * factor;
  const value = power >= 0 ? digits * 10n ** BigInt(power) : roundedUp(digits, 10n ** BigInt(-power));
  return sign === "-" ? -value : value;
}

function roundedUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
