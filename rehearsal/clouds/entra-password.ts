import { httpError } from "./http-error";

const DAY_MS = 24 * 60 * 60 * 1000;

/** @returns Graph's end for a password that asks for none: two years after its start. */
export function defaultEnd(start: Date): Date {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + 2);
  return end;
}

/**
 * @param capDays The organisation's cap on a password's life; undefined is no cap.
 * @throws CloudError for an end that is past, before the start, or beyond the cap.
 */
export function assertLifetime(start: Date, end: Date, now: Date, capDays: number | undefined): void {
  if (end <= now || end <= start) {
    const bound = end <= now ? `the present time ${now.toISOString()}` : `the start ${start.toISOString()}`;
    throw httpError(400, "CredentialInvalidEndDate", `the end date ${end.toISOString()} is not after ${bound}.`);
  }
  if (capDays !== undefined && end.getTime() - start.getTime() > capDays * DAY_MS) {
    throw httpError(
      400,
      "CredentialInvalidLifetimeAsPerAppPolicy",
      `Credential lifetime exceeds the max value allowed as per assigned policy (${capDays} days).`,
    );
  }
}
