const READ_CONTENT = "Microsoft.ContainerRegistry/registries/repositories/content/read";
const READ_METADATA = "Microsoft.ContainerRegistry/registries/repositories/metadata/read";
const NAME = "Microsoft.ContainerRegistry/registries/repositories:name";

/**
 * Azure ABAC condition, version 2.0, that lets a reader read these repositories and no others.
 *
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 *
 * @param repositories None makes a condition that allows nothing.
 */
export function repositoryCondition(repositories: readonly string[]): string {
  const unconcerned = `!(ActionMatches{'${READ_CONTENT}'}) AND !(ActionMatches{'${READ_METADATA}'})`;
  const allowed = [...new Set(repositories)].sort().map((name) => `@Request[${NAME}] StringEqualsIgnoreCase '${name}'`);
  return `((${unconcerned})${allowed.map((term) => ` OR (${term})`).join("")})`;
}
