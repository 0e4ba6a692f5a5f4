import { App } from "cdktf";
import { buildShared, type SharedFlows } from "../app";
import type { Environment } from "../config";
import { entryAt } from "../config/entry-at";
import { stackName } from "../config/names";
import { clusterSlices, sharedSlice, type ClusterSlice, type WorkloadSlice } from "../config/slices";
import { contextFiles, type ContextFiles } from "../constructs/context-files";
import { sha256 } from "./digest";

/** Stacks that are built together: what one is given may change the other. */
export interface Unit {
  /** Names of its stacks. */
  readonly stacks: readonly string[];
  /** SHA-256 of all that it is given, in hexadecimal. */
  readonly input: string;
}

/** The stacks that all clusters of an environment share: in an application, and not written yet. */
export interface SharedUnit extends Unit {
  readonly app: App;
}

/** The stacks of one cluster, not built yet. */
export interface ClusterUnit extends Unit {
  /** All that it is given, as JSON: what is no data does not get through. Made when it is asked for, since together it is much. */
  readonly given: () => string;
  /** How much there is to build: one for the cluster, and one for each workload on it. */
  readonly weight: number;
}

/** What a cluster's unit is given. */
interface Given {
  readonly slice: ClusterSlice;
  readonly flows: SharedFlows;
}

export interface Units {
  readonly shared: SharedUnit;
  readonly clusters: readonly ClusterUnit[];
}

/**
 * All units of an environment, in the order of its file.
 *
 * @param outdir Folder that the application of the shared stacks writes to.
 */
export function unitsOf(environment: Environment, projectDirectory: string, outdir: string): Units {
  const slice = sharedSlice(environment);
  const { name } = environment;
  const contexts = contextsOf(environment, projectDirectory);
  const app = new App({ outdir });
  const flows = buildShared(app, slice, contexts);
  const hashes = Object.entries(contexts).map(([key, { hash }]) => [key, hash]);
  return {
    shared: {
      app,
      stacks: [
        stackName(name, "registry"),
        ...(slice.images ? [stackName(name, "images")] : []),
        ...Object.keys(slice.tokens ?? {}).map((key) => stackName(name, "token", key)),
      ],
      input: sha256(JSON.stringify([slice, hashes])),
    },
    clusters: clusterSlices(environment).map((cluster): ClusterUnit => {
      const given: Given = { slice: cluster, flows: flowsTo(cluster, flows) };
      const { key, credential, workload } = cluster;
      return {
        stacks: [
          ...(credential.kind === "made" ? [stackName(name, "identity", key)] : []),
          stackName(name, "workload", key),
        ],
        input: sha256(JSON.stringify(given)),
        given: () => JSON.stringify(given),
        weight: 1 + Object.keys(workload.workloads).length + objectsIn(workload.manifests),
      };
    }),
  };
}

/** @param text Of a cluster's unit. */
export function givenIn(text: string): Given {
  return JSON.parse(text) as Given;
}

/** The build contexts of the images that a Docker engine builds, by the images' keys. */
function contextsOf({ images }: Environment, projectDirectory: string): Record<string, ContextFiles> {
  return Object.fromEntries(
    Object.entries(images).flatMap(([key, { origin }]) =>
      origin.kind === "docker"
        ? [
            [
              key,
              contextFiles({ directory: `${projectDirectory}/${origin.context}`, dockerfile: origin.dockerfile.text }),
            ],
          ]
        : [],
    ),
  );
}

/** Of the images, those that run on the cluster: another image of the file is none of its business. */
function flowsTo({ workload }: ClusterSlice, { registry, images }: SharedFlows): SharedFlows {
  const keys = Object.keys(workload.environment.images).filter((key) => Object.hasOwn(images?.values ?? {}, key));
  if (!images || keys.length === 0) return { registry };
  return {
    registry,
    images: { ...images, values: Object.fromEntries(keys.map((key) => [key, entryAt(images.values, key)])) },
  };
}

function objectsIn(manifests: WorkloadSlice["manifests"]): number {
  return Object.values(manifests).reduce((sum, { set }) => sum + set.objects.length, 0);
}
