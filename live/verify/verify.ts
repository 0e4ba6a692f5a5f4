import { setTimeout } from "node:timers/promises";
import type { Environment } from "../../config";
import { parseImage, type ImageName } from "../../diagnosis/image-name";
import { PULL_SECRET_KEY, readPullSecret } from "../../diagnosis/pull-secret";
import { atOnce, CLUSTERS_AT_ONCE } from "../../terraform/at-once";
import { failed, notChecked, ok, outcomeOf, type Findings, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import type { Deployment, KubeEvent, KubeObject, Pod, Secret, ServiceAccount } from "../cluster/objects";
import { nodePlatforms, reach } from "../cluster/reach";
import {
  expectedClusters,
  once,
  registryHost,
  wanted,
  type ExpectedCluster,
  type ExpectedNamespace,
} from "../expected";
import { exchangeOutcome } from "../federation/exchange";
import { renewalOutcome, tokenOutcome } from "../federation/renewal";
import { checkIdentity } from "../identity";
import type { Live } from "../live";
import { namespaceSubject } from "../subjects";
import { CredentialCheck } from "./credential";
import { podFindings, podsOf, rollout } from "./pods";
import { probe } from "./probe";
import { deadlineOutcome, ownerOutcome } from "./secret";

export interface VerifyOptions {
  /** Start a pod in each namespace that pulls from inside. */
  readonly probe: boolean;
  /** Seconds to wait for rollouts. */
  readonly wait: number;
}

const INTERVAL_MS = 2000;

/** Whether what was deployed is so, and can pull now: reads clusters, and asks the registry with what lies in them. */
export async function verify(
  environment: Environment,
  live: Live,
  findings: Findings,
  options: VerifyOptions,
): Promise<void> {
  const credentials = new CredentialCheck(live, environment);
  const context = { environment, live, findings, options, credentials, host: registryHost(environment) };
  await atOnce(CLUSTERS_AT_ONCE, expectedClusters(environment), (cluster) => verifyCluster(cluster, context));
}

interface Context {
  readonly environment: Environment;
  readonly live: Live;
  readonly findings: Findings;
  readonly options: VerifyOptions;
  readonly credentials: CredentialCheck;
  readonly host: string;
}

async function verifyCluster(expected: ExpectedCluster, context: Context): Promise<void> {
  const { live, findings } = context;
  const [cluster] = await Promise.all([reach(findings, live, expected, "pull secret"), verifyNodes(expected, context)]);
  if (!cluster) return;
  const nodes = await platformsOf(cluster, expected);
  await Promise.all(
    expected.namespaces.map((namespace) => verifyNamespace(cluster, expected, namespace, nodes, context)),
  );
}

/** Nodes that pull by themselves hold nothing that can be replayed: their role is what counts. */
async function verifyNodes(expected: ExpectedCluster, { live, findings, environment }: Context): Promise<void> {
  if (expected.pull.kind !== "managedIdentity") return;
  const { name, resourceGroup } = environment.registry;
  await checkIdentity(findings, expected, {
    azure: live.azure,
    registry: () => live.azure.registry(resourceGroup.name, name),
    isDeployed: true,
  });
}

/** Who may not list nodes takes the file's word; where there are several platforms, a nodeSelector chooses. */
async function platformsOf(cluster: Kubernetes, { platform }: ExpectedCluster): Promise<string[]> {
  let found: string[] = [];
  await outcomeOf(async () => {
    found = await nodePlatforms(cluster);
    return ok("");
  });
  return found.length === 1 ? found : [platform];
}

async function verifyNamespace(
  cluster: Kubernetes,
  expected: ExpectedCluster,
  namespace: ExpectedNamespace,
  nodes: readonly string[],
  context: Context,
): Promise<void> {
  const { findings, options } = context;
  const subject = namespaceSubject(expected.key, namespace.name);
  const path = `/api/v1/namespaces/${namespace.name}`;
  const state = await findings.check(subject, "is there", async () =>
    (await cluster.get<KubeObject>(path))
      ? ok("yes")
      : failed("namespace-missing", `there is no namespace ${namespace.name}`),
  );
  if (state === "failed") return;
  if (options.wait > 0) await rest(cluster, namespace, options.wait);

  const deployments = await deploymentsOf(cluster, namespace);
  const pods = await podsIn(cluster, namespace.name);
  const images = imagesOf(pods, namespace, context);
  await Promise.all([
    verifySecret(subject, cluster, expected, namespace, images, nodes, context),
    verifyFederation(subject, cluster, expected, namespace, images, context),
    verifyAccounts(subject, cluster, namespace, context),
    verifyPods(subject, cluster, namespace, deployments, pods, context),
  ]);
  const [image] = images;
  if (!options.probe) return;
  if (!image) findings.add(subject, "probe", notChecked("an image of the registry that runs in the namespace"));
  else await findings.check(subject, "probe", () => probe(cluster, namespace.name, image, namespace.secret));
}

/** Waits until rollouts are done, or time is over: what is said then is what counts. */
async function rest(cluster: Kubernetes, namespace: ExpectedNamespace, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const deployments = await deploymentsOf(cluster, namespace);
    const isDone = namespace.workloads.every(({ name }) => {
      const deployment = deployments.get(name);
      return deployment !== undefined && rollout(deployment, []).state === "ok";
    });
    if (isDone) return;
    await setTimeout(INTERVAL_MS);
  }
}

/** Those of the file, as they are in the cluster; none where they may not be read. */
async function deploymentsOf(
  cluster: Kubernetes,
  { name, workloads }: ExpectedNamespace,
): Promise<Map<string, Deployment>> {
  const found = new Map<string, Deployment>();
  await outcomeOf(async () => {
    for (const workload of workloads) {
      const deployment = await cluster.get<Deployment>(`/apis/apps/v1/namespaces/${name}/deployments/${workload.name}`);
      if (deployment) found.set(workload.name, deployment);
    }
    return ok("");
  });
  return found;
}

/** Pods of a namespace, or why they cannot be read. */
async function podsIn(cluster: Kubernetes, namespace: string): Promise<readonly Pod[] | Outcome> {
  let pods: readonly Pod[] = [];
  const outcome = await outcomeOf(async () => {
    pods = await cluster.list<Pod>(`/api/v1/namespaces/${namespace}/pods`);
    return ok("");
  });
  return outcome.state === "ok" ? pods : outcome;
}

/** What pods run there of the registry; before there are any what the file means to run there, or anything of the registry. */
function imagesOf(
  pods: readonly Pod[] | Outcome,
  { workloads }: ExpectedNamespace,
  { host, environment }: Context,
): ImageName[] {
  const running =
    "state" in pods
      ? []
      : podsOf(pods, host).flatMap(({ spec }) => [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]);
  const names = running.flatMap(({ image }) => (image === undefined ? [] : [parseImage(image)]));
  const own = names.filter((name) => name.host === host);
  const planned = own.length > 0 ? own : workloads.map(({ image }) => image);
  const [any] = Object.values(environment.images);
  const all = planned.length > 0 || !any ? planned : [wanted(host, any)];
  return once(all);
}

async function verifySecret(
  subject: string,
  cluster: Kubernetes,
  { pull }: ExpectedCluster,
  { name: namespace, secret: name }: ExpectedNamespace,
  images: readonly ImageName[],
  nodes: readonly string[],
  { findings, credentials, live, host }: Context,
): Promise<void> {
  if (name === undefined) return;
  let secret: Secret | undefined;
  const outcome = await outcomeOf(async () => {
    secret = await cluster.get<Secret>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    return secret ? ok(name) : failed("secret-missing", `there is no secret ${name}`);
  });
  findings.add(subject, "pull secret", outcome);
  if (!secret) return;
  const now = new Date();
  if (pull.kind !== "federated") findings.add(subject, "deadline", deadlineOutcome(secret, now));
  const config = Buffer.from(secret.data?.[PULL_SECRET_KEY] ?? "", "base64").toString("utf8");
  const read = readPullSecret({ type: secret.type, config }, host);
  findings.add(
    subject,
    "pull secret is read",
    read.ok ? ok(`user name ${read.credentials.username} for ${host}`) : failed(read.cause, `it ${read.fault}`),
  );
  if (!read.ok) return;
  const { credentials: credential } = read;
  findings.conceal(credential.password);
  if (pull.kind === "federated") findings.add(subject, "deadline", tokenOutcome(credential.password, now));
  await findings.check(subject, "pull secret's owner", () => ownerOutcome(credential.username, pull, live.azure));
  if (images.length === 0) findings.add(subject, "pulls", notChecked("an image of the file in this namespace"));
  for (const image of images) {
    findings.add(subject, `pulls ${image.repository}`, await credentials.pulls(image, credential, nodes));
  }
}

/** Whether the controller renews the secret, and whether it could: step by step, by what its login may do. */
async function verifyFederation(
  subject: string,
  cluster: Kubernetes,
  { pull }: ExpectedCluster,
  { name: namespace, secret }: ExpectedNamespace,
  images: readonly ImageName[],
  { findings, live, environment, host }: Context,
): Promise<void> {
  if (pull.kind !== "federated" || secret === undefined) return;
  await findings.check(subject, "renewal", () => renewalOutcome({ cluster, pull, namespace, secret }));
  const { http } = live;
  const { cloud } = environment.azure;
  await findings.check(subject, "exchange", () =>
    exchangeOutcome({ http, cluster, findings, pull, namespace, cloud, host, repository: images[0]?.repository }),
  );
}

async function verifyAccounts(
  subject: string,
  cluster: Kubernetes,
  { name: namespace, secret, serviceAccounts }: ExpectedNamespace,
  { findings }: Context,
): Promise<void> {
  if (secret === undefined) return;
  for (const name of serviceAccounts) {
    await findings.check(subject, `service account ${name}`, async (): Promise<Outcome> => {
      const account = await cluster.get<ServiceAccount>(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}`);
      if (!account) return failed("secret-not-referenced", `there is no service account ${name}`);
      const names = (account.imagePullSecrets ?? []).map((each) => each.name);
      return names.includes(secret)
        ? ok(`names ${secret}`)
        : failed("secret-not-referenced", `names ${names.join(", ") || "no secret"}`);
    });
  }
}

async function verifyPods(
  subject: string,
  cluster: Kubernetes,
  namespace: ExpectedNamespace,
  deployments: ReadonlyMap<string, Deployment>,
  pods: readonly Pod[] | Outcome,
  { findings, host }: Context,
): Promise<void> {
  const path = `/api/v1/namespaces/${namespace.name}`;
  let events: readonly KubeEvent[] = [];
  // Events are a help, and not everybody may read them.
  await outcomeOf(async () => {
    events = await cluster.list<KubeEvent>(`${path}/events`);
    return ok("");
  });
  for (const { name } of namespace.workloads) {
    const deployment = deployments.get(name);
    findings.add(
      subject,
      `rollout of ${name}`,
      deployment ? rollout(deployment, events) : failed("rollout-unfinished", `there is no Deployment ${name}`),
    );
  }
  if ("state" in pods) {
    findings.add(subject, "pods", pods);
    return;
  }
  const ours = podsOf(pods, host);
  const found = podFindings(pods, events, host);
  findings.add(
    subject,
    "pods",
    ok(`${ours.length} of the registry's images, ${ours.length - found.length} without a fault`),
  );
  for (const { pod, cause, found: text } of found) findings.add(subject, `pod ${pod}`, failed(cause, text));
  const { secret } = namespace;
  if (secret === undefined) return;
  for (const { metadata, spec } of ours) {
    const names = (spec?.imagePullSecrets ?? []).map(({ name }) => name);
    if (names.includes(secret)) continue;
    findings.add(
      subject,
      `pod ${metadata.name} names the secret`,
      failed("secret-not-referenced", `it names ${names.join(", ") || "no secret"}`),
    );
  }
}
