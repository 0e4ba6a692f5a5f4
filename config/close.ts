import type { ManifestSet } from "../manifests/manifest-set";
import { choiceOf } from "./alternatives";
import { closePull } from "./close-pull";
import type {
  Backend,
  Cluster,
  Connection,
  HandMade,
  Image,
  Manifests,
  Namespace,
  Origin,
  PullSecret,
  Registry,
  RegistryAttachments,
  ResourceGroup,
  SoundEnvironment,
  Tagged,
  Variables,
  Workload,
} from "./environment";
import { chosen, type LabelledClusters } from "./labels";
import { silentName } from "./names";
import { assertNever } from "./never";
import { backends } from "./schema/backend";
import { connections } from "./schema/clusters";
import type {
  Written,
  WrittenCluster,
  WrittenImage,
  WrittenManifests,
  WrittenNamespace,
  WrittenPullSecret,
  WrittenRegistry,
  WrittenWorkload,
} from "./schema/environment";
import { builders, origins } from "./schema/images";
import { registryAttachments } from "./schema/registry-operations";
import { sources } from "./schema/workloads";
import { workloadImage } from "./workload-image";
import type { Sound } from "./parse";

/** Reads the manifests of an entry. @returns Undefined where something is wrong with them. */
export type ReadSet = (key: string, written: WrittenManifests) => ManifestSet | undefined;

/**
 * Makes the closed unions of an environment out of the alternatives of its file, and fills in names. What cannot be closed,
 * since none or two of the alternatives are given or something that one needs is not, is left out: a rule says so.
 */
export function closeEnvironment(
  name: string,
  sound: Sound,
  labelled: LabelledClusters,
  readSet: ReadSet,
): SoundEnvironment {
  const { azure, providers, tags } = sound;
  const images = closeEntries(sound.images, closeImage);
  const rules = Object.values(sound.registry?.cacheRules ?? {});
  const named = new Map<string, Image>();
  /** The key of what a workload runs; what that may be is a rule's business. */
  const imageOf = (text: string): string => {
    const found = workloadImage(text, { images: sound.images, closed: images, rules });
    if (found.kind === "cached") named.set(text, found.image);
    return found.kind === "key" ? found.key : text;
  };
  const workloads = closeEntries(sound.workloads, (workload, key) =>
    closeWorkload({ ...workload, image: imageOf(workload.image) }, key, labelled),
  );
  return {
    name,
    azure,
    providers,
    tags,
    backend: sound.backend && closeBackend(sound.backend),
    registry: sound.registry && closeRegistry(sound.registry),
    images: { ...images, ...Object.fromEntries(named) },
    clusters: closeEntries(sound.clusters, (cluster, key) => closeCluster(cluster, key, name)),
    namespaces: closeEntries(sound.namespaces, (namespace) => closeNamespace(namespace, labelled)),
    workloads,
    manifests: closeEntries(sound.manifests, (manifests, key) =>
      closeManifests(manifests, readSet(key, manifests), labelled),
    ),
  };
}

function closeEntries<Open, Entry>(
  entries: Readonly<Record<string, Open>>,
  close: (entry: Open, key: string) => Entry | undefined,
): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, entry]) => {
      const closed = close(entry, key);
      return closed === undefined ? [] : [[key, closed]];
    }),
  );
}

function closeBackend(written: Written["backend"]): Backend | undefined {
  const choice = choiceOf(written, backends);
  // Kind and value belong together, which a spread does not say.
  return choice && ({ kind: choice.kind, ...choice.value } as Backend);
}

function closeRegistry({
  existing,
  resourceGroup: group,
  location,
  sku,
  ...written
}: WrittenRegistry): Registry | undefined {
  const { name, formerly, repositoryPermissions, ...options } = written;
  const groupName = typeof group === "string" ? group : group.name;
  if (existing) {
    const resourceGroup: ResourceGroup = { kind: "adopted", name: groupName };
    return { kind: "adopted", name, formerly, resourceGroup, repositoryPermissions, ...attachmentsIn(options) };
  }
  if (location === undefined || sku === undefined) return undefined;
  const kind = typeof group !== "string" && group.existing ? "adopted" : "created";
  const resourceGroup: ResourceGroup = { kind, name: groupName };
  const mode = repositoryPermissions && { repositoryPermissions };
  return { kind: "created", name, formerly, resourceGroup, location, sku, ...options, ...mode };
}

function attachmentsIn(options: Partial<WrittenRegistry>): RegistryAttachments {
  const names = ["privateEndpoints", ...Object.keys(registryAttachments)];
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}

function closeImage({ repository, tag, ...written }: WrittenImage): Image | undefined {
  const isTagAlone = tag !== undefined && Object.keys(origins).every((key) => !(key in written));
  const origin = isTagAlone ? closeTagged(tag, written.pin) : closeOrigin(written, tag);
  return origin && { repository, origin };
}

function closeTagged(tag: string, pin = true): Tagged {
  return { kind: "tagged", tag, pin };
}

function closeOrigin(written: Omit<WrittenImage, "repository" | "tag">, tag: string | undefined): Origin | undefined {
  const choice = choiceOf(written, origins);
  if (!choice) return undefined;
  switch (choice.kind) {
    case "build": {
      const build = choiceOf(choice.value, builders);
      return build && tag !== undefined ? ({ kind: build.kind, tag, ...build.value } as Origin) : undefined;
    }
    case "prebuilt":
      return { kind: "prebuilt", digest: choice.value, ...(tag !== undefined && { tag }) };
    default:
      return assertNever(choice);
  }
}

function closeCluster(written: WrittenCluster, key: string, environment: string): Cluster | undefined {
  const { pullSecret, labels, architecture, loadBalancers, privateEndpoint, egress } = written;
  const connection = closeConnection(written, key);
  const pull = connection && closePull(written.pull, connection, silentName(environment, key));
  return (
    pull && {
      ...{ connection, pull, architecture, loadBalancers, privateEndpoint },
      ...(pullSecret !== undefined && { pullSecret }),
      ...(egress && { egress }),
      ...(labels && { labels }),
    }
  );
}

function closeConnection(written: WrittenCluster, key: string): Connection | undefined {
  const choice = choiceOf(written, connections);
  if (!choice) return undefined;
  switch (choice.kind) {
    case "kubeconfig":
      return { kind: "kubeconfig", context: { text: key }, ...choice.value };
    case "aks":
      return { kind: "aks", ...choice.value };
    default:
      return assertNever(choice);
  }
}

function closePullSecret(written: WrittenPullSecret | undefined): PullSecret {
  return typeof written === "object"
    ? written
    : { ...(written !== undefined && { name: written }), labels: {}, annotations: {} };
}

function closeNamespace(
  { clusters, pullSecret, ...namespace }: WrittenNamespace,
  labelled: LabelledClusters,
): Namespace {
  return {
    ...namespace,
    clusters: clusters ? chosen(clusters, labelled) : [],
    pullSecret: closePullSecret(pullSecret),
  };
}

function closeWorkload(
  { clusters, env, adopt, keep, ...workload }: WrittenWorkload,
  key: string,
  labelled: LabelledClusters,
): Workload | undefined {
  const names = adopt ?? keep;
  const handMade = names && closeHandMade(names, key, adopt !== undefined);
  const variables = closeEntries(env, closeVariable);
  if (Object.keys(variables).length < Object.keys(env).length) return undefined;
  return { ...workload, env: variables, clusters: chosen(clusters, labelled), ...(handMade && { handMade }) };
}

/** What is not said is as `kubectl create deployment` and `kubectl expose` make it. */
function closeHandMade(
  { deployment, service, selector }: NonNullable<WrittenWorkload["adopt"]>,
  key: string,
  adopt: boolean,
): HandMade {
  const name = deployment ?? key;
  return { deployment: name, service: service ?? key, selector: selector ?? { app: name }, adopt };
}

function closeVariable(written: WrittenWorkload["env"][string]): Variables[string] | undefined {
  if ("text" in written) return written;
  const choice = choiceOf(written, sources);
  return choice && { kind: choice.kind, name: choice.value, key: written.key };
}

function closeManifests(
  { clusters, adopt }: WrittenManifests,
  set: ManifestSet | undefined,
  labelled: LabelledClusters,
): Manifests | undefined {
  return set && { clusters: chosen(clusters, labelled), set, adopt };
}
