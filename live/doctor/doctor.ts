import type { Environment } from "../../config";
import { atOnce, CLUSTERS_AT_ONCE } from "../../terraform/at-once";
import { ENDPOINTS } from "../azure/clouds";
import { NoLogin, type Operator } from "../azure/operator";
import { failed, ok, type Findings, type Outcome } from "../check";
import { expectedClusters, registryHost } from "../expected";
import type { Live } from "../live";
import { checkCluster } from "./cluster";
import { checkIdentity } from "../identity";
import { checkImages } from "./images";
import { checkNetwork } from "./network";
import { checkRegistry } from "./registry";

/** Whether a deployment of the environment can work: asks the network, Azure, the registry and the clusters, and changes nothing. */
export async function examine(environment: Environment, live: Live, findings: Findings): Promise<void> {
  const { http, operator, azure } = live;
  const clusters = expectedClusters(environment);
  const ofClusters = atOnce(CLUSTERS_AT_ONCE, clusters, (cluster) => checkCluster(findings, live, cluster));
  await findings.check("operator", "is logged in to Azure", () => login(operator, environment));
  const { resource: registry, isPlanned } = await checkRegistry(findings, azure, environment);
  const host = registry?.properties.loginServer ?? registryHost(environment);
  const challenge = isPlanned ? undefined : await checkNetwork(findings, http, host);
  await Promise.all([
    checkImages(findings, { http, operator, environment, host, challenge, clusters }),
    atOnce(CLUSTERS_AT_ONCE, clusters, (cluster) =>
      checkIdentity(findings, cluster, { azure, registry: () => Promise.resolve(registry), isDeployed: false }),
    ),
    ofClusters,
  ]);
}

async function login(operator: Operator, { azure: { cloud } }: Environment): Promise<Outcome> {
  try {
    await operator.token(ENDPOINTS[cloud].resourceManager);
    return ok("yes");
  } catch (error) {
    if (error instanceof NoLogin) return failed("operator-unknown", error.message);
    throw error;
  }
}
