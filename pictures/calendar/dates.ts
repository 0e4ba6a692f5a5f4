/** `2026-01-31`, in UTC, as all dates of the rotation are. */
export function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** `2026-01-31 12:00 UTC`. */
export function minute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
