import fs from "node:fs";
import path from "node:path";
import { isWithin } from "../config/folder";

/** The files that hold manifests, or what is wrong with where they should be. */
export interface ManifestFiles {
  /** Paths relative to the project, with forward slashes, in the order in which kubectl takes them. */
  readonly files: readonly string[];
  /** The end of a sentence that begins with the path in the environment file. @default - it can be read */
  readonly fault?: string | undefined;
  /** Lines `file:line:column …` for files that are none of Kubernetes'. */
  readonly strangers: readonly string[];
}

/** Endings that kubectl reads; it passes over all others. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/ */
const MANIFEST = /\.(ya?ml|json)$/;

/** Files of tools whose output are manifests. */
const TO_RENDER: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /^(kustomization\.ya?ml|Kustomization)$/,
    "the input of kustomize",
    "render it first: kustomize build {folder} > <another folder>/manifests.yaml",
  ],
  [
    /^(Chart|values)\.ya?ml$/,
    "part of a Helm chart",
    "render it first: helm template {folder} > <another folder>/manifests.yaml",
  ],
];

/**
 * Finds the manifests at a path: of a file, the file; of a folder, all in it and below it. Links are followed, and must not lead
 * out of the project.
 *
 * @param place Relative to the project's folder.
 * @param allowOutside Whether it may lie outside of that folder. Then links must not lead out of it. @default false
 */
export function manifestFiles(projectDirectory: string, place: string, allowOutside = false): ManifestFiles {
  const found = fs.statSync(path.resolve(projectDirectory, place), { throwIfNoEntry: false });
  // What a path means must not depend on the machine.
  if (path.isAbsolute(place)) return faulty("must be relative to the folder of cdktf.json");
  const isOutside = !allowOutside && place.split(/[\\/]/).includes("..");
  if (isOutside)
    return faulty("must be a file or folder below the folder of cdktf.json, or stand beside allowOutside: true");
  if (!found) return faulty("must be a file or folder that is there");
  const project = fs.realpathSync(projectDirectory);
  const root = fs.realpathSync(path.resolve(projectDirectory, place));
  if (!allowOutside && !isWithin(root, project))
    return faulty("must not lead out of the folder of cdktf.json by a symbolic link");
  const name = path.posix.normalize(place).replace(/\/$/, "");
  if (!found.isDirectory()) {
    return MANIFEST.test(name)
      ? listed([name])
      : faulty("must be a folder, or a file that ends in .yaml, .yml or .json");
  }
  const files: string[] = [];
  const leadOut: string[] = [];
  const visit = (folder: string, above: readonly string[]): void => {
    for (const entry of fs.readdirSync(path.join(projectDirectory, folder)).sort()) {
      const file = path.posix.join(folder, entry);
      const real = realPathOf(path.join(projectDirectory, file));
      if (real === undefined || !isWithin(real, root)) leadOut.push(file);
      else if (fs.statSync(real).isDirectory()) {
        // A link to a folder above would never end.
        if (!above.includes(real)) visit(file, [...above, real]);
      } else files.push(file);
    }
  };
  visit(name, [root]);
  const [link] = leadOut;
  if (link !== undefined) return faulty(`must hold no symbolic link that leads out of it, and holds ${link}`);
  const strangers = files.flatMap(strangersIn);
  const manifests = files.filter((file) => MANIFEST.test(file));
  if (manifests.length === 0 && strangers.length === 0)
    return faulty("must hold a file that ends in .yaml, .yml or .json");
  return listed(manifests, strangers);
}

function strangersIn(file: string): string[] {
  const rule = TO_RENDER.find(([pattern]) => pattern.test(path.posix.basename(file)));
  if (!rule) return [];
  const [, what, remedy] = rule;
  return [`${file}:1:1 is ${what}, not a manifest: ${remedy.replace("{folder}", path.posix.dirname(file))}`];
}

/** @returns Nothing for a link to nowhere. */
function realPathOf(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch {
    return undefined;
  }
}

function faulty(fault: string): ManifestFiles {
  return { files: [], fault, strangers: [] };
}

function listed(files: readonly string[], strangers: readonly string[] = []): ManifestFiles {
  return { files, strangers };
}
