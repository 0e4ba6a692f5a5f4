import { NotAllowed, outcomeOf, type Outcome } from "../check";
import { NoCluster } from "../cluster/no-cluster";
import type { Secret } from "../cluster/objects";
import type { ExpectedCluster } from "../expected";
import { renewalOutcome } from "../federation/renewal";
import type { Live } from "../live";
import { NetworkFault } from "../network-fault";

/** The pull secret of a namespace, as it lies in the cluster. */
export interface HeldSecret {
  readonly namespace: string;
  readonly name: string;
  /** Undefined where there is none. */
  readonly secret: Secret | undefined;
  /** Whether its controller renews it. @default - it has none */
  readonly renewal?: Outcome;
}

/** Reads those of all namespaces of a cluster, as far as they may be read. */
export async function secretsOf(
  expected: ExpectedCluster,
  live: Live,
): Promise<{ secrets: HeldSecret[]; unknown: string[] }> {
  const secrets: HeldSecret[] = [];
  const { pull } = expected;
  try {
    const cluster = await live.cluster(expected);
    for (const { name: namespace, secret: name } of expected.namespaces) {
      if (name === undefined) continue;
      const secret = await cluster.get<Secret>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
      const renewal =
        pull.kind === "federated"
          ? await outcomeOf(() => renewalOutcome({ cluster, pull, namespace, secret: name }))
          : undefined;
      secrets.push({ namespace, name, secret, ...(renewal && { renewal }) });
    }
    return { secrets, unknown: [] };
  } catch (error) {
    if (error instanceof NotAllowed) return { secrets, unknown: [`needs ${error.message}`] };
    if (error instanceof NoCluster || error instanceof NetworkFault) return { secrets, unknown: [error.message] };
    throw error;
  }
}

/** As drift has it. */
export function missing(namespace: string, name: string): string {
  return `${namespace} has no ${name}`;
}

/** When one of them was last written, by whomever. */
export function lastWritten(secrets: readonly HeldSecret[]): string | undefined {
  return secrets
    .flatMap(({ secret }) => (secret ? (writtenAt(secret) ?? []) : []))
    .toSorted()
    .at(-1);
}

/** When its content was last written. */
function writtenAt({ metadata: { managedFields = [], creationTimestamp } }: Secret): string | undefined {
  const times = managedFields.flatMap(({ time }) => time ?? []).toSorted();
  return times.at(-1) ?? creationTimestamp;
}
