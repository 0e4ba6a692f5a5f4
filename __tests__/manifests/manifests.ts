import { readManifests, type ReadManifests, type ReadOptions } from "../../manifests/read-manifests";
import type { Argument, Arguments } from "../../manifests/arguments";
import type { ManifestResource } from "../../manifests/manifest-set";
import { projectWith } from "../support/environment";

/** How tests read: images of a registry, and a namespace for what names none. */
export const OPTIONS: Omit<ReadOptions, "projectDirectory" | "path"> = {
  isOwnHost: (host) => host === "shopregistry.azurecr.io",
  images: { web: { repository: "shop/web", tag: "1" }, tools: { repository: "shop/tools", tag: "2" } },
  names: {},
  namespace: "shop",
  pullSecrets: ["shopregistry-secret"],
  customResources: false,
};

/** Reads one file, `k8s/shop.yaml`. */
export function read(yaml: string, options: Partial<ReadOptions> = {}): ReadManifests {
  return readFiles({ "k8s/shop.yaml": yaml }, options);
}

/** Reads the folder `k8s` of a project with these files. */
export function readFiles(files: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}): ReadManifests {
  return readManifests({ ...OPTIONS, projectDirectory: projectWith(files), path: "k8s", ...options });
}

/** The resources that a file becomes. @throws Where something is wrong with it. */
export function resources(yaml: string, options: Partial<ReadOptions> = {}): readonly ManifestResource[] {
  const { set, lines, problems } = read(yaml, options);
  if (!set) throw new Error([...lines, ...problems.map(({ rule }) => rule)].join("\n"));
  return set.objects;
}

/** The only resource that a file becomes, in plain data: texts are strings, blocks and maps are objects. */
export function argumentsOf(yaml: string, options: Partial<ReadOptions> = {}): Record<string, unknown> {
  const [resource] = resources(yaml, options);
  if (!resource) throw new Error("no object");
  return plain(resource.arguments);
}

export function plain(given: Arguments): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, argument]) => [name, plainValue(argument)]));
}

function plainValue(argument: Argument): unknown {
  if (typeof argument !== "object" || argument === null) return argument;
  if ("text" in argument) return argument.text;
  if ("block" in argument) return plain(argument.block);
  if ("list" in argument) return argument.list.map(plainValue);
  if ("map" in argument) return Object.fromEntries(argument.map.map(({ key, value }) => [key.text, value.text]));
  if ("any" in argument) return Object.fromEntries(argument.any.map(([key, value]) => [key.text, plainValue(value)]));
  return argument;
}

/** A Deployment with this pod. @param pod YAML, its lines without indentation. */
export function deployment(pod: string, kind = "Deployment"): string {
  const indented = pod.replace(/^/gm, "      ");
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }${kind === "StatefulSet" ? "\n  serviceName: web" : ""}
  template:
    metadata: { labels: { app: web } }
    spec:
${indented}
`;
}
