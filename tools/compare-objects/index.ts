import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isBuiltInNamespace } from "../../config/namespaces";
import type { Mapping } from "../../config/mapping";
import { convertObjects } from "../../manifests/convert-objects";
import type { ManifestObject } from "../../manifests/manifest-object";
import type { ManifestSet } from "../../manifests/manifest-set";
import { placeObjects, type Placed } from "../../manifests/place-objects";
import { withContainers, withPodSpec } from "../../manifests/pods";
import { readObjects } from "../../manifests/read-manifests";
import { ByProvider } from "./by-provider";
import { differences } from "./differences";
import { Kubectl } from "./kubectl";

const USAGE = `Makes the objects of manifests on a cluster twice, by the kubernetes provider and by kubectl, and compares them there.

KUBECONFIG=<file> npm run compare-objects -- <path> <namespace> [<image>]
  <path>       a file or folder of manifests, below this folder
  <namespace>  of objects that name none; it must not be there yet
  <image>      in place of all images, where the cluster cannot pull them
Needs terraform and kubectl; TF_CLI_CONFIG_FILE counts.
`;

/** Prints every difference; exit code 1 where there is one, 2 for misuse. */
async function main([place, namespace, image]: readonly string[]): Promise<number> {
  const { KUBECONFIG: kubeconfig } = process.env;
  if (place === undefined || namespace === undefined || kubeconfig === undefined) {
    console.error(USAGE);
    return 2;
  }
  const read = readObjects(path.resolve(__dirname, "../.."), place);
  const options = {
    ...{ namespace, customResources: false, names: {}, images: {}, pullSecrets: [] },
    isOwnHost: () => false,
  };
  const objects = withNamespaces(read.objects, namespace).map((object) => withImage(object, image));
  const lines = [...(read.fault === undefined ? [] : [`${place} ${read.fault}`]), ...read.lines];
  const placed = placeObjects(objects, options, []);
  const { set, lines: wrong } = convertObjects(objects, options);
  lines.push(...wrong);
  if (lines.length > 0) {
    console.error(lines.join("\n"));
    return 1;
  }
  return compareOn(path.resolve(kubeconfig), placed, withoutWaiting(set));
}

async function compareOn(kubeconfig: string, placed: readonly Placed[], set: ManifestSet): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "compare-objects-"));
  const kubectl = new Kubectl(kubeconfig);
  const getAll = async () =>
    Promise.all(
      set.objects.map((object) => kubectl.get(object, placed.find(({ id }) => id === object.id)?.apiVersion ?? "")),
    );
  try {
    const provider = new ByProvider(set, kubeconfig, folder);
    let own: unknown[];
    let planned: string[];
    try {
      await provider.apply();
      own = await getAll();
      planned = await provider.secondPlan();
    } finally {
      await provider.destroy();
    }
    const file = path.join(folder, "objects.json");
    fs.writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: placed.map(asWritten) }));
    let other: unknown[];
    try {
      await kubectl.apply(file);
      other = await getAll();
    } finally {
      await kubectl.delete(file);
    }
    return report(set, own, other, planned);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(
  set: ManifestSet,
  own: readonly unknown[],
  other: readonly unknown[],
  planned: readonly string[],
): number {
  let equal = 0;
  for (const [index, { id }] of set.objects.entries()) {
    const found = differences(own[index], other[index]);
    if (found.length === 0) equal += 1;
    for (const { path: place, provider, kubectl } of found) {
      console.log(`${id} ${place}: ${said(provider)} by the provider, ${said(kubectl)} by kubectl`);
    }
  }
  for (const change of planned) console.log(`the second plan is not empty: ${change}`);
  console.log(`${equal} of ${set.objects.length} objects are equal`);
  return equal === set.objects.length && planned.length === 0 ? 0 : 1;
}

function said(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** With an object for each namespace that nobody makes. */
function withNamespaces(objects: readonly ManifestObject[], fallback: string): ManifestObject[] {
  const made = new Set(objects.flatMap(({ kind, name }) => (kind === "Namespace" ? [name] : [])));
  const names = new Set([fallback, ...objects.flatMap(({ namespace }) => namespace ?? [])]);
  const missing = [...names].filter((name) => !made.has(name) && !isBuiltInNamespace(name));
  const [first] = objects;
  if (!first) return [];
  return [
    ...missing.map((name): ManifestObject => {
      const [apiVersion, kind] = ["v1", "Namespace"];
      return { apiVersion, kind, name, value: { apiVersion, kind, metadata: { name } }, places: first.places, at: [] };
    }),
    ...objects,
  ];
}

function withImage(object: ManifestObject, image: string | undefined): ManifestObject {
  if (image === undefined) return object;
  const value = withPodSpec(object.kind, object.value, ({ spec }) =>
    withContainers(spec, (container) => ({ ...container, image })),
  );
  return { ...object, value };
}

/** Whether pods run is not what is compared. */
function withoutWaiting(set: ManifestSet): ManifestSet {
  const waits = /^kubernetes_(deployment|daemon_set|stateful_set)_v1$/;
  return {
    ...set,
    objects: set.objects.map((object) =>
      waits.test(object.type) ? { ...object, arguments: { ...object.arguments, wait_for_rollout: false } } : object,
    ),
  };
}

/** As kubectl gets it, in its namespace. */
function asWritten({ value, namespace }: Placed): Mapping {
  if (namespace === undefined) return value;
  return { ...value, metadata: { ...(value.metadata as Mapping), namespace } };
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
