import type { Federated, Trust } from "../../config";
import { assertNever } from "../../config/never";
import type { AzureApi } from "../azure/azure-api";
import { failed, NotAllowed, ok, type Findings, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import { kindsOf } from "../federation/controllers";
import { issuerOutcome } from "../federation/issuer";
import type { Live } from "../live";
import { clusterSubject } from "../subjects";

/** Whether a cluster has the controller that the file means, and an issuer whose tokens Entra ID can judge. */
export async function checkFederation(
  findings: Findings,
  { http, azure }: Live,
  key: string,
  cluster: Kubernetes,
  pull: Federated,
): Promise<void> {
  const subject = clusterSubject(key);
  await findings.check(subject, "kinds of the controller", () => kinds(cluster, pull));
  let issuer: string | undefined;
  await findings.check(subject, "issuer", async () => {
    const wanted = await issuerOf(pull.trust, azure);
    if (typeof wanted !== "string") return wanted;
    issuer = wanted;
    return compared(cluster, wanted);
  });
  if (issuer === undefined) return;
  const of = issuer;
  await findings.check(subject, "issuer is published", async () => issuerOutcome(http, of, await keysOf(cluster)));
}

async function kinds(cluster: Kubernetes, pull: Federated): Promise<Outcome> {
  const all = kindsOf(pull);
  const served = await Promise.all(all.map(({ groupVersion, kind }) => cluster.serves(groupVersion, kind)));
  const names = all.map(({ groupVersion, kind }) => `${groupVersion} ${kind}`);
  const missing = names.filter((_, index) => !served[index]);
  return missing.length === 0 ? ok(names.join(", ")) : failed("kind-missing", `there is no ${missing.join(", no ")}`);
}

/** @returns Which issuer the application is to trust, or why there is none. @throws {NotAllowed} */
async function issuerOf(trust: Trust, azure: AzureApi): Promise<string | Outcome> {
  switch (trust.kind) {
    case "known":
      return trust.issuer;
    case "lookedUp": {
      const { name, resourceGroup } = trust.aks;
      const found = await azure.cluster(trust.aks);
      if (!found) return failed("cluster-missing", `there is no AKS cluster ${name} in ${resourceGroup}`);
      const { enabled, issuerURL } = found.properties.oidcIssuerProfile ?? {};
      return enabled === true && issuerURL !== undefined
        ? issuerURL
        : failed("issuer-unreachable", `AKS cluster ${name} has no OIDC issuer: az aks update --enable-oidc-issuer`);
    }
    default:
      return assertNever(trust);
  }
}

/** Against what the cluster itself says, letter by letter as Entra ID does. @throws {NotAllowed} */
async function compared(cluster: Kubernetes, wanted: string): Promise<Outcome> {
  const own = await cluster.document<{ issuer?: string }>("/.well-known/openid-configuration");
  return own?.issuer === wanted
    ? ok(wanted)
    : failed("issuer-differs", `the cluster's is ${own?.issuer ?? "unknown"}, the application is to trust ${wanted}`);
}

/** Keys that the cluster signs with; none where they may not be read. */
async function keysOf(cluster: Kubernetes): Promise<string[]> {
  try {
    const found = await cluster.document<{ keys?: { kid?: string }[] }>("/openid/v1/jwks");
    return (found?.keys ?? []).flatMap(({ kid }) => kid ?? []);
  } catch (error) {
    if (error instanceof NotAllowed) return [];
    throw error;
  }
}
