import { UserError } from "../config/user-error";

const FORM = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/;

/** Reads a date in UTC. @throws {Error} Where it is none, or before 2020, when there was nothing to rotate. */
export function parseDate(text: string): Date {
  const date = new Date(text);
  // 31 February is a day in March to JavaScript.
  const isDate = FORM.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
  if (isDate && date.getUTCFullYear() >= 2020) return date;
  throw new Error(`It must be a date from 2020 on, such as 2026-01-31 or 2026-01-31T12:00:00Z, got: "${text}"`);
}

/** The present, or the time that TF_VAR_now has stacks planned for instead. @throws {UserError} Where that is no time. */
export function presentTime({ TF_VAR_now: now = "" }: NodeJS.ProcessEnv = process.env): Date {
  if (now === "") return new Date();
  try {
    return parseDate(now);
  } catch (error) {
    throw new UserError(`TF_VAR_now: ${error instanceof Error ? error.message : String(error)}`);
  }
}
