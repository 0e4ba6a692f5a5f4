import { entryAt } from "./entry-at";
import type { Environment } from "./environment";
import { placesOf } from "./places";

/** The repositories that a cluster pulls: of what it runs, and those that the file names for what others deploy. */
export function repositoriesOf(
  environment: Pick<Environment, "clusters" | "images" | "namespaces" | "workloads">,
): ReadonlyMap<string, readonly string[]> {
  const { images, workloads } = environment;
  const found = new Map(Object.keys(environment.clusters).map((key) => [key, [] as string[]]));
  for (const { image, clusters } of Object.values(workloads)) {
    for (const key of clusters) found.get(key)?.push(entryAt(images, image).repository);
  }
  for (const [key, places] of placesOf(environment)) {
    for (const { repositories } of places.values()) found.get(key)?.push(...repositories);
  }
  return found;
}
