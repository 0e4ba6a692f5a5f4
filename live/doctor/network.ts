import dns from "node:dns/promises";
import net from "node:net";
import { failed, notChecked, ok, warned, type Findings, type Outcome } from "../check";
import type { Answer, HttpClient } from "../http";
import { networkFault } from "../network-fault";
import { challengeOf, withoutChallenge, type Challenge } from "../registry/challenge";

const SUBJECT = "registry";

/** Tokens name the second from which they hold. */
const SKEW_WARNED_S = 60;
const SKEW_REFUSED_S = 300;

/** Goes the way to the registry step by step. @returns Its challenge, where it is reached. */
export async function checkNetwork(findings: Findings, http: HttpClient, host: string): Promise<Challenge | undefined> {
  const resolved = await findings.check(SUBJECT, "name resolves", () => resolve(http, host));
  if (resolved === "failed") {
    for (const check of ["answers by TLS", "clock", "asks for a token"])
      findings.add(SUBJECT, check, notChecked("an address of the registry"));
    return undefined;
  }
  let answer: Answer | undefined;
  await findings.check(SUBJECT, "answers by TLS", async () => {
    answer = await http.request(`https://${host}/v2/`);
    return ok(`${answer.address}, certificate by ${answer.issuer ?? "somebody trusted"}`);
  });
  if (!answer) {
    for (const check of ["clock", "asks for a token"])
      findings.add(SUBJECT, check, notChecked("an answer of the registry"));
    return undefined;
  }
  const { headers } = answer;
  findings.add(SUBJECT, "clock", clock(headers.date, Date.now()));
  const challenge = challengeOf(answer);
  const { cause, reason } = withoutChallenge(answer);
  findings.add(SUBJECT, "asks for a token", challenge ? ok(`at ${challenge.realm}`) : failed(cause, reason));
  return challenge;
}

async function resolve(http: HttpClient, host: string): Promise<Outcome> {
  const route = http.route(host);
  if (route) return ok(`${route.address}, as --resolve says`);
  try {
    const addresses = await dns.lookup(host, { all: true });
    const texts = addresses.map(({ address }) => (isPrivate(address) ? `${address} (private endpoint)` : address));
    return ok(texts.join(", "));
  } catch (error) {
    throw networkFault(host, error);
  }
}

/** Addresses that no public registry has: RFC 1918, RFC 4193. */
function isPrivate(address: string): boolean {
  if (net.isIPv6(address)) return /^f[cd]/i.test(address);
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}

/** @param date The registry's, to the second. */
export function clock(date: string | undefined, now: number): Outcome {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return notChecked("a Date header in the registry's answer");
  const seconds = Math.round((now - theirs) / 1000);
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} the registry's`;
  if (Math.abs(seconds) > SKEW_REFUSED_S) return failed("clock-wrong", found);
  return Math.abs(seconds) > SKEW_WARNED_S ? warned("clock-wrong", found) : ok("within a minute of the registry's");
}
