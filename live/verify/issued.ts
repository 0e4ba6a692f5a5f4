import type { ImageName } from "../../diagnosis/image-name";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Environment } from "../../config";
import { stackName } from "../../config/names";
import type { CauseId } from "../../diagnosis";
import { atOnce, CLUSTERS_AT_ONCE } from "../../terraform/at-once";
import { notChecked, type Findings, type Outcome } from "../check";
import { expectedClusters, once, registryHost, wanted, type ExpectedCluster } from "../expected";
import type { Live } from "../live";
import { stackOutputs } from "../stack-outputs";
import { clusterSubject } from "../subjects";
import { CredentialCheck } from "./credential";

/** What goes away by itself: a new password takes seconds to be known, a role minutes. */
const PASSING: readonly (CauseId | undefined)[] = [
  "credential-refused",
  "password-wrong",
  "application-unknown",
  "role-missing",
];
const INTERVAL_MS = 5000;

/**
 * Whether the credentials that identity stacks have given pull, before any cluster has them: a rollout that cannot pull is not begun.
 *
 * @param outputDirectory Where the stacks were applied; what was not applied there is not checked.
 * @param wait Seconds to try again for what goes away by itself.
 */
export async function verifyIssued(
  environment: Environment,
  live: Live,
  findings: Findings,
  { outputDirectory, wait }: { readonly outputDirectory: string; readonly wait: number },
): Promise<void> {
  const end = Date.now() + wait * 1000;
  await atOnce(CLUSTERS_AT_ONCE, expectedClusters(environment), async (cluster) => {
    if (cluster.pull.kind === "federated") {
      const needed = "a token, which nobody but the cluster gives: verify, after its workload stack";
      findings.add(clusterSubject(cluster.key), "issued credential pulls", notChecked(needed));
      return;
    }
    const outputs = await stackOutputs(
      path.join(outputDirectory, "stacks", stackName(environment.name, "identity", cluster.key)),
    );
    const subject = clusterSubject(cluster.key);
    const username = outputs?.username;
    // cdktf names the output after the local: stacks/flows.ts.
    const [, password] = Object.entries(outputs ?? {}).find(([name]) => name.includes("active-password")) ?? [];
    if (typeof username !== "string" || typeof password !== "string") {
      findings.add(
        subject,
        "issued credential pulls",
        notChecked("the password in the state of its identity stack, applied in this folder"),
      );
      return;
    }
    findings.conceal(password);
    const images = imagesOf(environment, cluster);
    if (images.length === 0) findings.add(subject, "issued credential pulls", notChecked("an image in the file"));
    for (const image of images) {
      let outcome: Outcome;
      do {
        // A new one each time: it remembers what it was told.
        outcome = await new CredentialCheck(live, environment).pulls(image, { username, password }, [cluster.platform]);
      } while (PASSING.includes(outcome.cause) && (await isPatient(end)));
      findings.add(subject, `issued credential pulls ${image.repository}`, outcome);
    }
  });
}

async function isPatient(end: number): Promise<boolean> {
  if (Date.now() + INTERVAL_MS > end) return false;
  await setTimeout(INTERVAL_MS);
  return true;
}

function imagesOf(environment: Environment, { namespaces }: ExpectedCluster): ImageName[] {
  const own = namespaces.flatMap(({ workloads }) => workloads.map(({ image }) => image));
  const all =
    own.length > 0 ? own : Object.values(environment.images).map((image) => wanted(registryHost(environment), image));
  return once(all);
}
