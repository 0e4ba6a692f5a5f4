import type { Environment } from "../config";
import { stackName } from "../config/names";

/** Kinds of stacks, in the order in which they are applied. */
export const KINDS = ["registry", "images", "identity", "workload"] as const;
export type StackKind = (typeof KINDS)[number];

/** What a stack is for. */
export interface StackRole {
  readonly environment: string;
  readonly kind: StackKind;
  /** Key of the cluster. @default - all clusters of the environment share it */
  readonly cluster?: string;
}

/** The roles of all stacks that environments may have, by their names. */
export function rolesOf(environments: readonly Environment[]): Map<string, StackRole> {
  const roles = environments.flatMap(({ name: environment, clusters, registry }): [string, StackRole][] => [
    [stackName(environment, "registry"), { environment, kind: "registry" }],
    [stackName(environment, "images"), { environment, kind: "images" }],
    // Of those outside: it rotates with the clusters' own.
    ...Object.keys(registry.tokens ?? {}).map((key): [string, StackRole] => [
      stackName(environment, "token", key),
      { environment, kind: "identity" },
    ]),
    ...Object.keys(clusters).flatMap((cluster): [string, StackRole][] => [
      [stackName(environment, "identity", cluster), { environment, kind: "identity", cluster }],
      [stackName(environment, "workload", cluster), { environment, kind: "workload", cluster }],
    ]),
  ]);
  return new Map(roles);
}
