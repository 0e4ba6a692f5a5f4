import { formatImage, type ImageName } from "../diagnosis/image-name";
import type { Connection, Environment, Image, Pull } from "../config";
import { secretNameBy } from "../config/pull-secret";
import { registryDomain } from "../config/registry-hosts";
import { clusterSlices } from "../config/slices";

/** What the file means one cluster to have. */
export interface ExpectedCluster {
  readonly key: string;
  readonly connection: Connection;
  readonly pull: Pull;
  /** Of its nodes, where they cannot be asked: `linux/amd64`. */
  readonly platform: string;
  readonly namespaces: readonly ExpectedNamespace[];
}

export interface ExpectedNamespace {
  readonly name: string;
  /** Whether it is somebody else's. */
  readonly existing: boolean;
  /** @default - nodes pull by themselves */
  readonly secret?: string;
  /** Service accounts that name the secret. */
  readonly serviceAccounts: readonly string[];
  /** Deployments, by name, and the image that each runs. */
  readonly workloads: readonly { readonly name: string; readonly image: ImageName }[];
}

/** What the file means there to be: the slices that the stacks are given, read the other way round. */
export function expectedClusters(environment: Environment): ExpectedCluster[] {
  const host = registryHost(environment);
  return clusterSlices(environment).map(({ key, workload: { environment: slice, cluster, workloads } }) => ({
    key,
    ...{ connection: cluster.connection, pull: cluster.pull, platform: `linux/${cluster.architecture}` },
    namespaces: Object.entries(slice.namespaces).map(([name, namespace]) => {
      const secret = secretNameBy(cluster.pull, namespace.pullSecret.name);
      return {
        name,
        existing: namespace.existing,
        ...(secret !== undefined && { secret }),
        serviceAccounts: namespace.serviceAccounts,
        workloads: Object.entries(workloads).flatMap(([workload, { namespace: place, image }]) => {
          const entry = environment.images[image];
          return place === name && entry ? [{ name: workload, image: wanted(host, entry) }] : [];
        }),
      };
    }),
  }));
}

/** Host of the registry's images. */
export function registryHost({ registry, azure }: Environment): string {
  return `${registry.name.toLowerCase()}.${registryDomain(azure)}`;
}

/** An image of the file, by digest where the file knows it. */
export function wanted(host: string, { repository, origin }: Image): ImageName {
  return { host, repository, reference: origin.kind === "prebuilt" ? origin.digest : origin.tag };
}

/** Each of the images once. */
export function once(images: readonly ImageName[]): ImageName[] {
  return [...new Map(images.map((image) => [formatImage(image), image])).values()];
}
