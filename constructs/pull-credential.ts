import type { Construct } from "constructs";
import type { NamedPullSecret } from "../config/pull-secret";

/** Where pods want to pull. */
export interface PullTarget {
  readonly namespace: string;
  /** Host that the images' names begin with. */
  readonly loginServer: string;
  /** The pull secret, where one is made. */
  readonly secret: NamedPullSecret;
  /** Whether the secret was made by hand: the next apply imports it. @default - it is made here */
  readonly adopt?: AdoptedSecret | undefined;
}

/** A secret that was made by hand. */
export interface AdoptedSecret {
  /** Plain name of its namespace. */
  readonly namespace: string;
  /** Deployments that were made by hand there: it is imported where one of them names it. @default - it has to be there */
  readonly deployments?: readonly string[] | undefined;
}

/** Until when what a cluster holds is good. */
export interface Deadline {
  /** RFC 3339, UTC: from then on the registry refuses the password. */
  readonly expires: string;
  /** RFC 3339, UTC: until then identity and workload must be applied again, in this order. */
  readonly applyBefore: string;
  /** Days before `applyBefore` from which on plans warn. */
  readonly warningDays: number;
}

/** How a cluster proves to the registry who it is. Workloads depend on this and on no way of doing it. */
export interface PullCredential {
  /** @default - it does not end by itself */
  readonly deadline?: Deadline;

  /**
   * Makes the pods of one namespace able to pull.
   * @returns The name for their `imagePullSecrets`, a reference where the secret is made here; undefined where the nodes
   * pull by themselves.
   */
  grant(scope: Construct, target: PullTarget): string | undefined;
}
