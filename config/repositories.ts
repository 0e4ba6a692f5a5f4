import { entryAt } from "./entry-at";
import type { Environment } from "./environment";
import { placesOf } from "./places";

/** The repositories that a cluster pulls: of what it runs, also by manifests, and those that the file names for what others deploy. */
export function repositoriesOf(
  environment: Pick<Environment, "clusters" | "images" | "manifests" | "namespaces" | "workloads">,
): ReadonlyMap<string, readonly string[]> {
  const { images, workloads, manifests } = environment;
  const found = new Map(Object.keys(environment.clusters).map((key) => [key, [] as string[]]));
  for (const { image, clusters } of Object.values(workloads)) {
    for (const key of clusters) found.get(key)?.push(entryAt(images, image).repository);
  }
  for (const { clusters, set } of Object.values(manifests)) {
    const pulled = set.images.map((image) =>
      image.kind === "known" ? entryAt(images, image.key).repository : image.repository,
    );
    for (const key of clusters) found.get(key)?.push(...new Set(pulled));
  }
  for (const [key, places] of placesOf(environment)) {
    for (const { repositories } of places.values()) found.get(key)?.push(...repositories);
  }
  return found;
}
