import { isBuilt, isOfImagesStack } from "./built";
import { entryAt } from "./entry-at";
import type {
  Built,
  Cluster,
  Environment,
  Image,
  Manifests,
  Namespace,
  OutsideToken,
  Prebuilt,
  Pull,
  Registry,
  Tagged,
  Workload,
} from "./environment";
import { placesOf, type ObjectOfSet, type Place } from "./places";
import { pullSecretOf, type NamedPullSecret } from "./pull-secret";
import { repositoriesOf } from "./repositories";
import { grantsByRepository } from "./roles";

/**
 * What every stack of an environment is given. Stacks get their slice and nothing else: an option that is in no slice cannot be
 * used, and one that is in a slice changes its hash.
 */
export type Base = Pick<Environment, "name" | "azure" | "providers" | "backend">;

/** What the registry stack is given. */
export interface RegistrySlice {
  readonly environment: Base & Pick<Environment, "tags" | "registry">;
  /** The only repositories that its roles are for. @default - all */
  readonly repositories?: readonly string[];
}

/** What the images stack is given, beside the contents of build contexts. */
export interface ImagesSlice {
  readonly environment: Base & Pick<Environment, "images"> & { readonly registry: Pick<Registry, "formerly"> };
}

/** What the stack of a token for somebody outside is given. */
export interface TokenSlice {
  readonly environment: Base & Pick<Environment, "tags">;
  readonly token: OutsideToken;
}

/** What the stacks are given that all clusters of an environment share. */
export interface SharedSlice {
  readonly registry: RegistrySlice;
  /** By key. @default - nobody outside has any */
  readonly tokens?: Readonly<Record<string, TokenSlice>>;
  /** @default - every image is pushed by another pipeline */
  readonly images?: ImagesSlice;
}

/** What the identity stack of a cluster is given. */
export interface IdentitySlice {
  readonly environment: Base & Pick<Environment, "tags">;
  /** How the cluster pulls: by something that is made here. */
  readonly pull: Exclude<Pull, { kind: "existingSecret" }>;
  /** What the cluster runs, and what others pull there. */
  readonly repositories: readonly string[];
  /** Whether the registry ignores AcrPull. */
  readonly grantsByRepository: boolean;
  /** Namespaces whose service accounts are trusted. @default - none is */
  readonly namespaces?: readonly string[];
}

/** An image, as those know it who run it: not what it is built from. */
export interface RunImage {
  readonly repository: string;
  readonly origin: Prebuilt | Tagged | { readonly kind: Built["kind"]; readonly tag: string };
}

/** A namespace of one cluster. */
export type PlacedNamespace = Omit<Namespace, "clusters" | "repositories" | "pullSecret"> & {
  /** Whether the file names the cluster for it: then it is for what others deploy. */
  readonly named: boolean;
  /** What makes it, where manifests do. */
  readonly madeBy?: ObjectOfSet;
  readonly pullSecret: NamedPullSecret;
};

/** What the workload stack of a cluster is given. */
export interface WorkloadSlice {
  readonly environment: Base & {
    /** Those that its workloads run. */
    readonly images: Readonly<Record<string, RunImage>>;
    /** All that get the pull secret: where its workloads run, and where the file says so. */
    readonly namespaces: Readonly<Record<string, PlacedNamespace>>;
  };
  readonly cluster: Cluster;
  /** What runs on the cluster, by key. */
  readonly workloads: Readonly<Record<string, Omit<Workload, "clusters">>>;
  /** Objects of the cluster, by the keys of their entries. */
  readonly manifests: Readonly<Record<string, Omit<Manifests, "clusters">>>;
}

/** What the stacks of one cluster are given. */
export interface ClusterSlice {
  readonly key: string;
  /** What the cluster pulls with: made in an identity stack, or a secret that somebody else keeps. */
  readonly credential:
    | { readonly kind: "made"; readonly identity: IdentitySlice }
    | { readonly kind: "existing"; readonly secret: string };
  readonly workload: WorkloadSlice;
}

export function sharedSlice(environment: Environment): SharedSlice {
  const base = baseOf(environment);
  const { tags, registry, images } = environment;
  return {
    registry: {
      environment: { ...base, tags, registry },
      ...(registry.roles && grantsByRepository(registry) && { repositories: repositoriesIn(images) }),
    },
    ...(registry.tokens && {
      tokens: Object.fromEntries(
        Object.entries(registry.tokens).map(([key, token]) => [key, { environment: { ...base, tags }, token }]),
      ),
    }),
    ...(Object.values(images).some(({ origin }) => isOfImagesStack(origin)) && {
      images: { environment: { ...base, images: entriesOf(images), registry: { formerly: registry.formerly } } },
    }),
  };
}

/** Those that the file has an entry for. */
function entriesOf(images: Environment["images"]): Environment["images"] {
  return Object.fromEntries(Object.entries(images).filter(([, { byName }]) => !byName));
}

function repositoriesIn(images: Environment["images"]): string[] {
  return [...new Set(Object.values(entriesOf(images)).map(({ repository }) => repository))].sort();
}

/** @returns A slice for each cluster, in the order of the file. */
export function clusterSlices(environment: Environment): ClusterSlice[] {
  const { clusters, workloads, images, tags, registry } = environment;
  const places = placesOf(environment);
  const repositories = repositoriesOf(environment);
  const base = baseOf(environment);
  const running = new Map(Object.keys(clusters).map((key) => [key, [] as [string, Omit<Workload, "clusters">][]]));
  for (const [name, { clusters: places, ...workload }] of Object.entries(workloads)) {
    for (const key of places) running.get(key)?.push([name, workload]);
  }
  return Object.entries(clusters).map(([key, cluster]): ClusterSlice => {
    const here = running.get(key) ?? [];
    const sets = Object.entries(environment.manifests).filter(([, entry]) => entry.clusters.includes(key));
    const keys = [
      ...here.map(([, { image }]) => image),
      ...sets.flatMap(([, { set }]) => set.images.flatMap((image) => (image.kind === "known" ? [image.key] : []))),
    ];
    const used = keys.map((image) => [image, entryAt(images, image)] as const);
    const namespaces = [...(places.get(key) ?? [])];
    const { pull } = cluster;
    return {
      key,
      credential:
        pull.kind === "existingSecret"
          ? { kind: "existing", secret: pull.name }
          : {
              kind: "made",
              identity: {
                environment: { ...base, tags },
                pull,
                repositories: repositories.get(key) ?? [],
                grantsByRepository: grantsByRepository(registry),
                ...(pull.kind === "federated" && { namespaces: namespaces.map(([name]) => name) }),
              },
            },
      workload: {
        environment: {
          ...base,
          images: Object.fromEntries(used.map(([image, entry]) => [image, asRun(entry)])),
          namespaces: Object.fromEntries(
            namespaces.map(([name, settings]) => [
              name,
              placedOn(key, settings, pullSecretOf(registry, cluster, settings)),
            ]),
          ),
        },
        cluster,
        workloads: Object.fromEntries(here),
        manifests: Object.fromEntries(sets.map(([name, { set, adopt }]) => [name, { set, adopt }])),
      },
    };
  });
}

function placedOn(
  cluster: string,
  { existing, adopt, podSecurity, serviceAccounts, labels, annotations, clusters, madeBy }: Place,
  pullSecret: NamedPullSecret,
): PlacedNamespace {
  const named = clusters.includes(cluster);
  return {
    ...{ existing, adopt, podSecurity, serviceAccounts, labels, annotations, named, pullSecret },
    ...(madeBy && { madeBy }),
  };
}

function baseOf({ name, azure, providers, backend }: Environment): Base {
  return { name, azure, providers, backend };
}

function asRun({ repository, origin }: Image): RunImage {
  return { repository, origin: isBuilt(origin) ? { kind: origin.kind, tag: origin.tag } : origin };
}
