import { canonicalRepository, type ImageName } from "../diagnosis/image-name";

/** Where images come from, and the repository that they are in here. Both may end in `/*`; the repository may be `*` alone. */
export interface CacheMapping {
  readonly source: string;
  readonly repository: string;
}

/** Of an image that runs by its tag, as a rule says it: `{repository}` is where it is cached. */
export const MOVING_TAG =
  "runs by its tag, whatever is behind it when a pod starts: an image with repository: {repository} and this tag pins it";

/**
 * The repository in the registry that an image of elsewhere is cached in: a rule for the repository itself comes before the longest
 * wildcard. https://learn.microsoft.com/azure/container-registry/wildcards-artifact-cache
 *
 * @param name In any form that kubelets take: `nginx`, `docker.io/library/nginx`.
 * @returns Undefined where no rule covers it.
 */
export function cachedRepository(
  rules: Iterable<CacheMapping>,
  name: Pick<ImageName, "host" | "repository">,
): string | undefined {
  const wanted = canonicalRepository(name);
  const found = [...rules].flatMap(({ source, repository }) => {
    const own = canonicalSource(source);
    if (own === wanted) return [{ length: Infinity, repository }];
    const above = own.endsWith("/*") ? own.slice(0, -1) : undefined;
    return above !== undefined && wanted.startsWith(above)
      ? [{ length: above.length, repository: `${repository.slice(0, -1)}${wanted.slice(above.length)}` }]
      : [];
  });
  return found.toSorted((one, other) => other.length - one.length)[0]?.repository;
}

/** The one name of a source. Azure adds Docker Hub's `library` where it is left out: https://learn.microsoft.com/azure/container-registry/artifact-cache-overview */
export function canonicalSource(source: string): string {
  const slash = source.indexOf("/");
  const [host, repository] = [source.slice(0, slash), source.slice(slash + 1)];
  return repository === "*" ? source : canonicalRepository({ host, repository });
}
