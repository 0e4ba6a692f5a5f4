import type { PodSecurity } from "./pod-security";
import type { Arguments, ManifestImage } from "./arguments";

/** One object of a set, as the resource that it becomes. */
export interface ManifestResource {
  /** Construct id, and so part of its address: kind, namespace and name. */
  readonly id: string;
  /** As the cluster has it now, where the manifest has a former one. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Left out for objects of the cluster. */
  readonly namespace?: string | undefined;
  /** `kubernetes_deployment_v1`, or `kubernetes_manifest`. */
  readonly type: string;
  readonly arguments: Arguments;
  /** Ids of others of the set that have to be there before it. */
  readonly after: readonly string[];
  /** Arguments that somebody else changes: an autoscaler, for one. */
  readonly ignored: readonly string[];
}

/** A namespace that objects of a set lie in. */
export interface ManifestNamespace {
  readonly name: string;
  /** Id of the object in the set that makes it. @default - none does */
  readonly madeBy?: string | undefined;
  /** Whether pods in it pull from the environment's registry. */
  readonly pulls: boolean;
  /** The strictest Pod Security Standard that lets its pods in. */
  readonly podSecurity: PodSecurity;
}

/** The manifests of one entry of an environment file, converted: the same for all clusters. */
export interface ManifestSet {
  readonly objects: readonly ManifestResource[];
  readonly namespaces: readonly ManifestNamespace[];
  /** Images of the registry in its pods. */
  readonly images: readonly ManifestImage[];
  /** Names of images from elsewhere. */
  readonly otherImages: readonly string[];
}
