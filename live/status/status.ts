import path from "node:path";
import type { Environment } from "../../config";
import { stackName } from "../../config/names";
import { hasPassword } from "../../config/passwords";
import { atOnce, CLUSTERS_AT_ONCE } from "../../terraform/at-once";
import type { Secret } from "../cluster/objects";
import { deadlineOf, iso } from "../cluster/secret-deadline";
import { expectedClusters, registryHost, type ExpectedCluster } from "../expected";
import type { Live } from "../live";
import { federatedStatus } from "./federated-status";
import { lastWritten, missing, secretsOf } from "./held-secrets";
import { identityOutputs, type IdentityOutputs } from "./outputs";

/** What a cluster pulls with, and until when. */
export interface ClusterStatus {
  readonly environment: string;
  readonly cluster: string;
  readonly method: string;
  /** Slot that clusters get by the identity stack's state. @default - nobody knows */
  readonly slot?: number;
  /** RFC 3339: the earliest of what lies in the cluster, or else what the state says. @default - nothing ends, or nobody knows */
  readonly expires?: string;
  readonly applyBefore?: string;
  /** Whole days until `applyBefore`, negative after it. */
  readonly daysLeft?: number;
  /** RFC 3339: when a pull secret of the cluster was last written, by Terraform or by a controller. */
  readonly applied?: string;
  /** What does not agree: namespaces without a secret, with another than the identity stack has given, or with one that no controller renews. */
  readonly drift: readonly string[];
  /** What could not be read. */
  readonly unknown: readonly string[];
  /** Whether somebody has to act within the time that was asked for. */
  readonly due: boolean;
}

export interface StatusOptions {
  /** Output folder: its stacks are asked for their states. */
  readonly outputDirectory: string;
  /** Days that are left at least where nothing is due. */
  readonly within: number;
  readonly now: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads secrets and states; whichever may be read is enough. */
export function statusOf(environment: Environment, live: Live, options: StatusOptions): Promise<ClusterStatus[]> {
  return atOnce(CLUSTERS_AT_ONCE, expectedClusters(environment), (cluster) =>
    clusterStatus(environment, cluster, live, options),
  );
}

async function clusterStatus(
  environment: Environment,
  expected: ExpectedCluster,
  live: Live,
  { outputDirectory, within, now }: StatusOptions,
): Promise<ClusterStatus> {
  const { key, pull } = expected;
  const isVault = hasPassword(pull) && pull.delivery.kind === "keyVault";
  const about = { environment: environment.name, cluster: key, method: isVault ? `${pull.kind}, keyVault` : pull.kind };
  if (pull.kind === "managedIdentity") return { ...about, drift: [], unknown: [], due: false };
  const folder = path.join(outputDirectory, "stacks", stackName(environment.name, "identity", key));
  const outputs = hasPassword(pull) ? await identityOutputs(folder) : undefined;
  const { secrets, unknown } = await secretsOf(expected, live);
  if (pull.kind === "federated")
    return { ...about, ...federatedStatus(secrets, registryHost(environment), now, unknown) };
  const all = secrets.flatMap(({ secret }) => (secret && deadlineOf(secret)) ?? []);
  const held = all.toSorted((a, b) => a.applyBefore.getTime() - b.applyBefore.getTime())[0];
  const applyBefore = held ? iso(held.applyBefore) : outputs?.applyBefore;
  const expires = held ? iso(held.expires) : outputs?.expires;
  const applied = lastWritten(secrets);
  const daysLeft =
    applyBefore === undefined ? undefined : Math.floor((Date.parse(applyBefore) - now.getTime()) / DAY_MS);
  const drift = secrets.flatMap(({ namespace, name, secret }) => driftOf(namespace, name, secret, outputs));
  return {
    ...about,
    ...(outputs && { slot: outputs.slot }),
    ...(expires !== undefined && { expires }),
    ...(applyBefore !== undefined && { applyBefore }),
    ...(daysLeft !== undefined && { daysLeft }),
    ...(applied !== undefined && { applied }),
    drift,
    unknown: [
      ...(hasPassword(pull) && !outputs
        ? [`state of ${path.basename(folder)}: no terraform init here, or no right`]
        : []),
      ...unknown,
    ],
    due: drift.length > 0 || (daysLeft !== undefined && daysLeft < within),
  };
}

function driftOf(
  namespace: string,
  name: string,
  secret: Secret | undefined,
  outputs: IdentityOutputs | undefined,
): string[] {
  if (!secret) return [missing(namespace, name)];
  const deadline = deadlineOf(secret);
  if (!deadline || !outputs || Date.parse(outputs.expires) === deadline.expires.getTime()) return [];
  return [
    `${namespace} holds a password until ${iso(deadline.expires)}, the identity stack has given one until ${outputs.expires}`,
  ];
}
