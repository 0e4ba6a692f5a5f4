import type { CauseId } from "../diagnosis";
import { NoCluster } from "./cluster/no-cluster";
import { NetworkFault } from "./network-fault";

/** What a check has found. */
export interface Result {
  /** Of what: `registry`, `cluster edge`, `cluster edge, namespace shop`. */
  readonly subject: string;
  /** What was checked. */
  readonly check: string;
  readonly state: "ok" | "warning" | "failed" | "not checked";
  /** What was found, or what would be needed to look. */
  readonly found: string;
  /** @default - all is well, or nobody knows */
  readonly cause?: CauseId;
}

/** What one check says. */
export type Outcome = Pick<Result, "state" | "found" | "cause">;

export function ok(found: string): Outcome {
  return { state: "ok", found };
}

export function failed(cause: CauseId, found: string): Outcome {
  return { state: "failed", found, cause };
}

export function warned(cause: CauseId, found: string): Outcome {
  return { state: "warning", found, cause };
}

/** @param needs What would be needed: a right, a login, an earlier check that has passed. */
export function notChecked(needs: string): Outcome {
  return { state: "not checked", found: `needs ${needs}` };
}

const SHORTEST_SECRET = 6;

/** Collects what checks find. One that fails hides no other: whatever a check throws is its own finding. */
export class Findings {
  private readonly collected: Result[] = [];
  private readonly secrets = new Set<string>();

  /** @param onResult Gets each result as it comes. @default - nobody waits */
  constructor(private readonly onResult: (result: Result) => void = () => undefined) {}

  /** In the order of the subjects, and of their checks. */
  get results(): readonly Result[] {
    return this.collected;
  }

  /** Looks, and takes down what was found. */
  async check(subject: string, check: string, look: () => Outcome | Promise<Outcome>): Promise<Result["state"]> {
    return this.add(subject, check, await outcomeOf(look)).state;
  }

  /** Whatever is found from now on, and whoever says it, does not show this. */
  conceal(secret: string): void {
    // Shorter ones are nobody's password, and part of other words: those of Entra ID and of registries have 34 characters and more.
    if (secret.length >= SHORTEST_SECRET) this.secrets.add(secret);
  }

  add(subject: string, check: string, outcome: Outcome): Result {
    const result = { subject, check, ...outcome, found: this.shown(outcome.found) };
    this.collected.push(result);
    this.onResult(result);
    return result;
  }

  /** One line without what terminals take for commands. */
  private shown(found: string): string {
    let text = found;
    for (const secret of this.secrets) text = text.replaceAll(secret, "***");
    return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
  }
}

/** What `look` says, or what is wrong with asking. */
export async function outcomeOf(look: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NetworkFault) return failed(error.fault, error.message);
    if (error instanceof NoCluster) return failed(error.fault, error.message);
    if (error instanceof NotAllowed) return notChecked(error.message);
    throw error;
  }
}

/** Whoever asks may not know: no finding about what was asked. */
export class NotAllowed extends Error {}
