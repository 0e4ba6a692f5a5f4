import type { Environment, Federated } from "../config";
import { assertNever } from "../config/never";
import { pullRole } from "../config/roles";
import type { Clouds } from "./clouds";
import { AcrPullController } from "./clouds/controllers/acr-pull";
import { ExternalSecretsOperator } from "./clouds/controllers/external-secrets";
import type { Reach } from "./clouds/controllers/token-client";
import type { Cluster } from "./clouds/kubernetes/cluster";
import type { Controller } from "./clouds/kubernetes/controller";
import { parseImage } from "../diagnosis/image-name";
import { sourceOf } from "./clouds/cache-rules";
import { sha256 } from "./clouds/registry";
import type { WorldCluster } from "./world-cluster";

/** The controller that a cluster counts on, which somebody has installed. */
function controllerFor({ controller }: Federated, { endpoints }: Clouds, cluster: Cluster): Controller {
  const reach: Reach = {
    post: (request, time) => endpoints.post(request, time),
    createToken: (...wanted) => cluster.createToken(...wanted),
  };
  switch (controller) {
    case "externalSecrets":
      return new ExternalSecretsOperator(reach);
    case "acrPull":
      return new AcrPullController(reach);
    default:
      return assertNever(controller);
  }
}

/**
 * Sets up the people and pipelines that the environment counts on: whoever pushes what is not built here, elsewhere as well, and keeps existing pull
 * secrets.
 *
 * @returns Lets them do what can be done by now. Doing it again changes nothing.
 */
export function createOthers(
  { registry, images, manifests }: Environment,
  clouds: Clouds,
  clusters: readonly WorldCluster[],
): () => void {
  const { arm, entra, registries } = clouds;
  const findRegistry = () => arm.registries.values().find(({ name }) => name === registry.name);
  const role = pullRole(registry);
  const cached = Object.values(registry.cacheRules ?? {}).map((rule) => ({ ...rule, target: rule.repository }));
  /** Whoever keeps what the registry caches has it. @returns Whether that is so. */
  const isOfOthers = (repository: string, reference: string): boolean => {
    const source = sourceOf(cached, repository);
    if (source === undefined) return false;
    const [host = "", ...rest] = source.split("/");
    registries.addOther(host, rest.join("/"), reference);
    return true;
  };
  const pullers: string[] = [];

  for (const { key, config, cluster } of clusters) {
    const { pull } = config;
    if (pull.kind === "federated") cluster.install(controllerFor(pull, clouds, cluster));
    if (pull.kind !== "existingSecret" || cluster.secrets.values().some(({ metadata }) => metadata.name === pull.name))
      continue;
    const application = entra.createApplication(`somebody-else-${key}`, [entra.caller.objectId]);
    pullers.push(entra.createServicePrincipal(application.clientId, [entra.caller.objectId]).objectId);
    const { secret } = entra.addPassword(application.objectId, "somebody else's");
    cluster.watchNamespaces((namespace) => {
      const host = findRegistry()?.loginServer ?? `${registry.name}.${arm.registryDomain}`;
      const login = { username: application.clientId, password: secret };
      cluster.secrets.create({
        metadata: { namespace, name: pull.name },
        type: "kubernetes.io/dockerconfigjson",
        data: { ".dockerconfigjson": JSON.stringify({ auths: { [host]: login } }) },
      });
    });
  }

  for (const objectId of [...(registry.roles?.push ?? []), ...(registry.roles?.pull ?? [])]) {
    if (!entra.principals.has(objectId)) entra.createManagedIdentity(`outside-${objectId}`, objectId);
  }

  for (const { set } of Object.values(manifests)) {
    for (const image of set.otherImages) {
      const { host, repository, reference } = parseImage(image);
      registries.addOther(host, repository, reference);
    }
  }

  return () => {
    const target = findRegistry();
    if (!target) return;
    for (const principalId of pullers) {
      const has = arm.roles.all().some((assignment) => assignment.principalId === principalId);
      if (!has) arm.roles.assign({ scope: target.id, roleName: role, principalId });
    }
    for (const { repository, origin } of Object.values(images)) {
      if (origin.kind === "prebuilt" && isOfOthers(repository, origin.digest)) continue;
      if (origin.kind === "tagged" && isOfOthers(repository, origin.tag)) continue;
      if (origin.kind === "prebuilt")
        registries.push(target.loginServer, repository, origin.tag ?? "prebuilt", origin.digest);
      if (origin.kind === "tagged" && registries.digestOf(target.loginServer, repository, origin.tag) === undefined)
        registries.push(target.loginServer, repository, origin.tag, sha256(`${repository}:${origin.tag}`));
    }
    for (const image of Object.values(manifests).flatMap(({ set }) => set.images)) {
      if (image.kind === "known") continue;
      const { repository, reference } = parseImage(`${target.loginServer}/${image.repository}${image.rest}`);
      if (isOfOthers(repository, reference)) continue;
      const digest = reference.startsWith("sha256:") ? reference : sha256(`${repository}:${reference}`);
      registries.push(target.loginServer, repository, reference, digest);
    }
  };
}
