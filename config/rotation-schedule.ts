import type { Rotation } from "./environment";

/** Generation 0 starts here. Moving it would renew every password at once. */
export const EPOCH = "2000-01-01T00:00:00Z";

export const DAY_MS = 24 * 60 * 60 * 1000;

type Scheme = Pick<Rotation, "periodDays" | "slots" | "lag">;

/** Generations from the making of a password to the run that deletes it, since its slot is renewed. */
export function generationsToRenewal({ slots }: Pick<Scheme, "slots">): number {
  return slots;
}

/** Generations from the making of a password to its end. */
export function generationsToEnd({ slots }: Pick<Scheme, "slots">): number {
  return slots + 1;
}

/** A password, if runs come in every generation. */
export interface ScheduledPassword {
  /** That it is made in. */
  readonly generation: number;
  readonly slot: number;
  readonly made: Date;
  /** From then on clusters get it, until `givenUntil`. */
  readonly given: Date;
  readonly givenUntil: Date;
  /** From then on a run deletes it. */
  readonly applyBefore: Date;
  readonly ends: Date;
}

/** Number of whole periods since the epoch. */
export function generationAt(time: Date, { periodDays }: Pick<Scheme, "periodDays">): number {
  return Math.floor((time.getTime() - Date.parse(EPOCH)) / (periodDays * DAY_MS));
}

/** First moment of a generation. */
export function startOfGeneration(generation: number, { periodDays }: Pick<Scheme, "periodDays">): Date {
  return new Date(Date.parse(EPOCH) + generation * periodDays * DAY_MS);
}

/** When clusters get the next password, of one that they have got. @param ends Its end. */
export function givenUntil(ends: Date, scheme: Scheme): Date {
  const generations = generationsToEnd(scheme) - (scheme.lag + 1);
  return new Date(ends.getTime() - generations * scheme.periodDays * DAY_MS);
}

/** The password that a generation makes: what `constructs/rotation-clock.ts` says in Terraform's language. */
export function passwordOf(generation: number, scheme: Scheme): ScheduledPassword {
  const start = (later: number) => startOfGeneration(generation + later, scheme);
  return {
    generation,
    slot: generation % scheme.slots,
    made: start(0),
    given: start(scheme.lag),
    givenUntil: start(scheme.lag + 1),
    applyBefore: start(generationsToRenewal(scheme)),
    ends: start(generationsToEnd(scheme)),
  };
}
