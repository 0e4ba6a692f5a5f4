import { ConfigError } from "../../config";
import { load, projectWith } from "../support/environment";

/** A small environment file without problems, one value a line: tests change a line and name the place of the error. */
export const BASE = `registry:
  name: acrdemo2ss
  resourceGroup: acr-rg2
  location: centralus
  sku: Basic
images:
  web:
    repository: shop/web
    tag: v1
    build: { docker: { context: docker-manifests } }
  api:
    repository: shop/api
    prebuilt: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
clusters:
  blue:
    kubeconfig: { context: blue }
    pull: { servicePrincipal: { name: pull-blue } }
workloads:
  web:
    image: web
    clusters: [blue]
    port: 8080
  api:
    image: api
    clusters: [blue]
    port: 9000
`;

/** The base with one piece of text replaced. */
export function changed(from: string, to: string): string {
  if (!BASE.includes(from)) throw new Error(`the base has no ${JSON.stringify(from)}`);
  return BASE.replace(from, to);
}

/** A change of the base, and the lines with which the loader then refuses it. */
export type Refusal = [title: string, from: string, to: string, ...lines: string[]];

/** @returns The lines with which the loader refuses environments/demo.yaml; none where it accepts it. */
export function refusal(yaml: string): string[] {
  return refusalOf({ "environments/demo.yaml": yaml });
}

/** @returns The lines with which the loader refuses a project of these files; none where it accepts it. */
export function refusalOf(files: Readonly<Record<string, string>>, environments?: readonly string[]): string[] {
  const directory = projectWith(files);
  try {
    load(directory, environments);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}
