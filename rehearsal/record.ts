import { mostTelling, type CauseId } from "../diagnosis";
import type { Environment } from "../config";
import type { PlannedChange, Step } from "./rehearsed-stack";
import type { Report } from "./report";
import { registryHosts } from "./story";
import type { World } from "./world";

/** One run of Terraform in a stack. */
export interface StepRecord {
  readonly stack: string;
  readonly step: Step;
  /** Seconds from some moment that is the same for all steps of the process. */
  readonly start: number;
  readonly seconds: number;
  readonly failed: boolean;
}

/** Pulls that were alike. */
export interface PullStory {
  readonly cluster: string;
  readonly image: string;
  /** User name, or `kubelet`, `anonymous`. */
  readonly username: string;
  /** Display name of the principal in Entra ID. @default - none is known */
  readonly principal?: string;
  readonly times: number;
  /** @default - it was allowed */
  readonly refusal?: { readonly reason: string; readonly cause?: CauseId };
}

/** What there is to tell of a rehearsal beside its report: no secret is in it. */
export interface RunRecord {
  readonly environment: Environment;
  /** Time in the clouds when it began. */
  readonly now: Date;
  readonly report: Report;
  /** In the order in which they began. None where the cdktf command ran them. */
  readonly steps: readonly StepRecord[];
  /** What the first plan of each stack was to change, by its name. */
  readonly plans: ReadonlyMap<string, readonly PlannedChange[]>;
  readonly pulls: readonly PullStory[];
}

/** @returns What clusters of the environment have pulled from its registry, or have tried to, so far. */
export function tellPulls(environment: Environment, { clouds, clusters }: World): PullStory[] {
  const hosts = registryHosts(environment, clouds);
  const alike = new Map<string, PullStory>();
  for (const {
    key: cluster,
    cluster: { pulls, context },
  } of clusters) {
    for (const { image, username, ok, reason = "" } of pulls) {
      if (!hosts.some((host) => image.startsWith(`${host}/`))) continue;
      const refusal = ok ? undefined : reason;
      const id = JSON.stringify([cluster, image, username, refusal]);
      const principal = [...clouds.entra.principals.values()].find(
        ({ clientId, displayName }) =>
          clientId === username || (username === "kubelet" && displayName.startsWith(context)),
      );
      const { cause } = mostTelling(reason.split("; ")) ?? {};
      alike.set(id, {
        ...{ cluster, image, username, times: (alike.get(id)?.times ?? 0) + 1 },
        ...(principal && { principal: principal.displayName }),
        ...(refusal !== undefined && { refusal: { reason: refusal, ...(cause && { cause }) } }),
      });
    }
  }
  return [...alike.values()];
}
