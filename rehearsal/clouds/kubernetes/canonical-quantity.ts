import { quantity } from "../../sdk/quantity";

const UNIT = 1_000_000_000n;
const MILLI = 1_000_000n;
const DECIMAL = ["E", "P", "T", "G", "M", "k", "", "m"] as const;
const BINARY = ["Ei", "Pi", "Ti", "Gi", "Mi", "Ki"] as const;

/**
 * @returns The quantity as an API server stores it: in its shortest form, and what is finer than a thousandth rounded up. The
 * text itself where it is none.
 */
export function canonicalQuantity(text: string): string {
  const exact = quantity(text);
  if (exact === undefined || /[eE][+-]?\d+$/.test(text)) return text;
  const value = ((exact + MILLI - 1n) / MILLI) * MILLI;
  const whole = value / UNIT;
  if (text.endsWith("i") && value % UNIT === 0n) {
    const exponent = BINARY.findIndex((_, index) => whole !== 0n && whole % 1024n ** BigInt(6 - index) === 0n);
    return exponent < 0 ? String(whole) : `${whole / 1024n ** BigInt(6 - exponent)}${BINARY[exponent] ?? ""}`;
  }
  const exponent = DECIMAL.findIndex((_, index) => value !== 0n && value % (MILLI * 1000n ** BigInt(7 - index)) === 0n);
  return exponent < 0 ? "0" : `${value / (MILLI * 1000n ** BigInt(7 - exponent))}${DECIMAL[exponent] ?? ""}`;
}
