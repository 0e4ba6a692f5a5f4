const REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";
const READ = ["content/read", "metadata/read"];
const WRITE = ["content/write", "metadata/write"];
const NAME = `${REPOSITORIES}:name`;

/**
 * Azure ABAC condition, version 2.0, that lets a reader read these repositories and no others, or a writer write them.
 *
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 *
 * @param repositories None makes a condition that allows nothing.
 * @param push Whether writing is concerned too.
 */
export function repositoryCondition(repositories: readonly string[], push = false): string {
  const actions = push ? [...READ, ...WRITE] : READ;
  const unconcerned = actions.map((action) => `!(ActionMatches{'${REPOSITORIES}/${action}'})`).join(" AND ");
  const allowed = [...new Set(repositories)].sort().map((name) => `@Request[${NAME}] StringEqualsIgnoreCase '${name}'`);
  return `((${unconcerned})${allowed.map((term) => ` OR (${term})`).join("")})`;
}
