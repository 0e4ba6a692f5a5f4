import path from "node:path";
import type { Environment } from "../../config";
import { stackName } from "../../config/names";
import { hasPassword } from "../../config/passwords";
import { atOnce, CLUSTERS_AT_ONCE } from "../../terraform/at-once";
import { NotAllowed } from "../check";
import { NoCluster } from "../cluster/no-cluster";
import type { Secret } from "../cluster/objects";
import { deadlineOf, iso } from "../cluster/secret-deadline";
import { expectedClusters, type ExpectedCluster } from "../expected";
import type { Live } from "../live";
import { NetworkFault } from "../network-fault";
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
  /** RFC 3339: when Terraform last wrote a pull secret of the cluster. */
  readonly applied?: string;
  /** What does not agree: namespaces without a secret, or with another than the identity stack has given. */
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
  { name: environment }: Environment,
  expected: ExpectedCluster,
  live: Live,
  { outputDirectory, within, now }: StatusOptions,
): Promise<ClusterStatus> {
  const { key, pull } = expected;
  const isVault = hasPassword(pull) && pull.delivery.kind === "keyVault";
  const about = { environment, cluster: key, method: isVault ? `${pull.kind}, keyVault` : pull.kind };
  if (pull.kind === "managedIdentity") return { ...about, drift: [], unknown: [], due: false };
  const folder = path.join(outputDirectory, "stacks", stackName(environment, "identity", key));
  const outputs = hasPassword(pull) ? await identityOutputs(folder) : undefined;
  const { secrets, unknown } = await secretsOf(expected, live);
  const all = secrets.flatMap(({ secret }) => (secret && deadlineOf(secret)) ?? []);
  const held = all.toSorted((a, b) => a.applyBefore.getTime() - b.applyBefore.getTime())[0];
  const applyBefore = held ? iso(held.applyBefore) : outputs?.applyBefore;
  const expires = held ? iso(held.expires) : outputs?.expires;
  const applied = secrets
    .flatMap(({ secret }) => (secret ? (writtenAt(secret) ?? []) : []))
    .toSorted()
    .at(-1);
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

interface Held {
  readonly namespace: string;
  readonly name: string;
  readonly secret: Secret | undefined;
}

async function secretsOf(expected: ExpectedCluster, live: Live): Promise<{ secrets: Held[]; unknown: string[] }> {
  const secrets: Held[] = [];
  try {
    const cluster = await live.cluster(expected);
    for (const { name: namespace, secret: name } of expected.namespaces) {
      if (name === undefined) continue;
      secrets.push({
        namespace,
        name,
        secret: await cluster.get<Secret>(`/api/v1/namespaces/${namespace}/secrets/${name}`),
      });
    }
    return { secrets, unknown: [] };
  } catch (error) {
    if (error instanceof NotAllowed) return { secrets, unknown: [`needs ${error.message}`] };
    if (error instanceof NoCluster || error instanceof NetworkFault) return { secrets, unknown: [error.message] };
    throw error;
  }
}

function driftOf(
  namespace: string,
  name: string,
  secret: Secret | undefined,
  outputs: IdentityOutputs | undefined,
): string[] {
  if (!secret) return [`${namespace} has no ${name}`];
  const deadline = deadlineOf(secret);
  if (!deadline || !outputs || Date.parse(outputs.expires) === deadline.expires.getTime()) return [];
  return [
    `${namespace} holds a password until ${iso(deadline.expires)}, the identity stack has given one until ${outputs.expires}`,
  ];
}

/** When its content was last written, by whomever. */
function writtenAt({ metadata: { managedFields = [], creationTimestamp } }: Secret): string | undefined {
  const times = managedFields.flatMap(({ time }) => time ?? []).toSorted();
  return times.at(-1) ?? creationTimestamp;
}
