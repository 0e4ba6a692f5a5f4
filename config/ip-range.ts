/** Addresses of IPv4 by their numbers. */
interface Range {
  readonly first: number;
  readonly last: number;
}

/** Nobody on the internet has these: https://www.iana.org/assignments/iana-ipv4-special-registry */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
].map(rangeOf);

/** Whether all of a range is public. @param range In CIDR notation. */
export function isPublic(range: string): boolean {
  const { first, last } = rangeOf(range);
  return NOT_PUBLIC.every((other) => last < other.first || first > other.last);
}

/** Whether all of a range lies in one of the others. */
export function isWithin(range: string, others: readonly string[]): boolean {
  const { first, last } = rangeOf(range);
  return others.map(rangeOf).some((other) => other.first <= first && last <= other.last);
}

/** Whether a range begins where its prefix says: Azure refuses others. */
export function isNetwork(range: string): boolean {
  const [address = ""] = range.split("/");
  return numberOf(address) === rangeOf(range).first;
}

function rangeOf(range: string): Range {
  const [address = "", prefix = "32"] = range.split("/");
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(numberOf(address) / size) * size;
  return { first, last: first + size - 1 };
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}
