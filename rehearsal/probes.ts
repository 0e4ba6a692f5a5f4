import type { Environment } from "../config";
import type { Namespace } from "../config/environment";
import { stackName } from "../config/names";
import { placesOf } from "../config/places";
import { secretNameIn } from "../config/pull-secret";
import { repositoriesOf } from "../config/repositories";
import type { PodSpec } from "./clouds/kubernetes/api-object";
import { sha256 } from "./clouds/registry";
import { StepFailure } from "./rehearsed-stack";
import type { World } from "./shared-clouds";
import type { WorldCluster } from "./world-cluster";

/** A pod that the environment does not deploy, and that could pull. */
export interface Probe {
  readonly cluster: string;
  readonly namespace: string;
  /** What it pulls by: `secret regcred`, `service account default`, `its node`. */
  readonly by: string;
}

/** Where the identity is granted everything: what it pulls is nobody's. */
const REPOSITORY = "acr-pull/rehearsal";
const TAG = "rehearsal";
const NAME = "rehearsal";

/** Satisfies the "restricted" standard, as a chart in such a namespace has to. */
const RESTRICTED = {
  runAsNonRoot: true,
  runAsUser: 65532,
  allowPrivilegeEscalation: false,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
} as const;

/**
 * Pulls as others will whom the file makes the secret for: in each namespace that it names for the cluster by explicit reference, and
 * by each service account. What is pulled is pushed for that, and taken away again.
 *
 * @returns Those that could pull.
 * @throws {StepFailure} Where one cannot, with what its cluster and the registry say.
 */
export function probePulls(environment: Environment, world: World, { key, config, cluster }: WorldCluster): Probe[] {
  const { registry, name } = environment;
  const { clouds } = world;
  const host = clouds.arm.registries.values().find((one) => one.name === registry.name)?.loginServer;
  const places = [...(placesOf(environment).get(key) ?? [])];
  const [repository = REPOSITORY] = repositoriesOf(environment).get(key) ?? [];
  if (host === undefined) return [];
  const digest = sha256(`${NAME} ${repository}`);
  clouds.registries.push(host, repository, TAG, digest);
  try {
    return places.flatMap(([namespace, settings]) =>
      waysOf(settings, key, secretNameIn(registry, config, settings)).map(({ by, spec }) => {
        const image = `${host}/${repository}@${digest}`;
        const container = { name: NAME, image, imagePullPolicy: "Always", securityContext: RESTRICTED };
        const causes = cluster.tryPod(namespace, NAME, { ...spec, containers: [container] });
        if (causes.length === 0) return { cluster: key, namespace, by };
        const what = `a pod of others in namespace ${namespace} cannot pull by ${by}`;
        throw new StepFailure(stackName(name, "workload", key), "probe", [what, ...causes].join("\n"));
      }),
    );
  } finally {
    clouds.registries.deleteManifest(host, repository, digest);
  }
}

/** How others come by the secret in a namespace. @param secret Its name. @default - nodes pull by themselves */
function waysOf(
  { clusters, serviceAccounts }: Namespace,
  cluster: string,
  secret: string | undefined,
): { by: string; spec: Omit<PodSpec, "containers"> }[] {
  const explicit =
    secret === undefined
      ? { by: "its node", spec: {} }
      : { by: `secret ${secret}`, spec: { imagePullSecrets: [{ name: secret }] } };
  return [
    ...(clusters.includes(cluster) ? [explicit] : []),
    ...serviceAccounts.map((account) => ({ by: `service account ${account}`, spec: { serviceAccountName: account } })),
  ];
}
