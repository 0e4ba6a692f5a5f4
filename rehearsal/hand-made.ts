import type { Environment } from "../config";
import { secretNameIn } from "../config/pull-secret";
import { placesOf } from "../config/places";
import { hasPassword } from "../config/passwords";
import { pullRole } from "../config/roles";
import type { Clouds } from "./clouds";
import { groupId } from "./clouds/arm-ids";
import { ByHand } from "./clouds/by-hand";
import { sha256 } from "./clouds/registry";
import type { Registry } from "./clouds/registry-object";
import { SUBSCRIPTION } from "./subscription";
import type { WorldCluster } from "./world-cluster";

/** What runs before anything is managed here. */
export const TAG = "by-hand";

/** Makes what the file says was made by hand (`adopt`), as far as it is not there yet. */
export function makeByHand(environment: Environment, clouds: Clouds, clusters: readonly WorldCluster[]): void {
  const hand = new ByHand(clouds);
  const registry = registryByHand(environment, clouds, hand);
  for (const { config, cluster } of clusters) {
    const { pull } = config;
    if (pull.kind === "managedIdentity" && pull.adopt && registry && pull.identity.kind === "known") {
      const input = {
        scope: registry.id,
        roleName: pullRole(environment.registry),
        principalId: pull.identity.objectId,
      };
      if (!clouds.arm.roles.all().some((one) => one.principalId === input.principalId))
        clouds.arm.roles.assign({ ...input, principalType: "ServicePrincipal" });
    }
    for (const [name, { adopt }] of Object.entries(environment.namespaces)) {
      if (adopt && !cluster.namespaces.get(undefined, name)) cluster.createNamespace({ name });
    }
  }
  for (const place of clusters) if (registry) clusterByHand(environment, { clouds, hand, registry }, place);
}

function registryByHand({ azure, registry }: Environment, { arm }: Clouds, hand: ByHand): Registry | undefined {
  const found = arm.registries.values().find(({ name }) => name === registry.name);
  if (found || registry.kind !== "created" || !registry.adopt) return found;
  const subscriptionId = azure.subscriptionId ?? SUBSCRIPTION;
  const { location, sku, resourceGroup, adminUser } = registry;
  if (!arm.groups.get(groupId(subscriptionId, resourceGroup.name)))
    arm.createGroup(subscriptionId, resourceGroup.name, location);
  const place = { subscriptionId, resourceGroup: resourceGroup.name, location };
  return hand.createRegistry(place, registry.name, { sku, adminEnabled: adminUser ?? false });
}

/** The pull secret as the tutorial calls it. */
function tutorialSecret({ name }: Registry): string {
  return `${name}-secret`;
}

interface Hands {
  readonly clouds: Clouds;
  readonly hand: ByHand;
  readonly registry: Registry;
}

function clusterByHand(
  environment: Environment,
  { clouds, hand, registry }: Hands,
  { key, config, cluster }: WorldCluster,
): void {
  const { pull } = config;
  const { entra, registries } = clouds;
  const application = pull.kind === "servicePrincipal" || pull.kind === "federated" ? pull : undefined;
  const clientId = application?.adopt?.clientId;
  const handMade = Object.values(environment.workloads).flatMap(({ handMade: names, ...workload }) =>
    names?.adopt && workload.clusters.includes(key) ? [{ ...workload, names }] : [],
  );
  const places = [...(placesOf(environment).get(key) ?? [])];
  const taken = places.filter(([, { pullSecret }]) => pullSecret.adopt);
  const isDone =
    clientId === undefined
      ? handMade.length === 0 && taken.length === 0
      : [...entra.applications.values()].some((one) => one.clientId === clientId);
  if (isDone) return;
  const name = application?.adopt ? application.name.text : `made-by-hand-${key}`;
  const scope = { scope: registry.id, role: pullRole(environment.registry) };
  // Somebody else's, where it is not to be taken over.
  const login =
    clientId === undefined
      ? clouds.give(() => hand.createForRbac(name, scope))
      : hand.createForRbac(name, { ...scope, clientId });
  const server = registry.loginServer;
  for (const [namespace, settings] of taken) {
    const secret = secretNameIn(environment.registry, config, settings);
    if (secret !== undefined && hasPassword(pull) && !cluster.secrets.get(namespace, secret))
      hand.createSecret(cluster, { namespace, name: secret }, server, login);
  }
  for (const { names, namespace, image, expose, port } of handMade) {
    const { repository = "by-hand" } = environment.images[image] ?? {};
    registries.push(server, repository, TAG, sha256(`${repository}:${TAG}`));
    const own = taken.find(([place]) => place === namespace);
    const secret = (own && secretNameIn(environment.registry, config, own[1])) ?? tutorialSecret(registry);
    if (!cluster.secrets.get(namespace, secret))
      clouds.give(() => {
        hand.createSecret(cluster, { namespace, name: secret }, server, login);
      });
    const labels = names.selector;
    const reference = `${server}/${repository}:${TAG}`;
    hand.createDeployment(cluster, { namespace, name: names.deployment }, { image: reference, secret, labels });
    if (port !== undefined)
      hand.createService(cluster, { namespace, name: names.service }, { type: expose, selector: labels });
  }
}
