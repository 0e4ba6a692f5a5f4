import { repositoryCondition } from "../../constructs/repository-condition";

const UNCONCERNED =
  "!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})" +
  " AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})";
const NAME = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

test("one repository is allowed by its name, and reads of nothing else", () => {
  expect(repositoryCondition(["shop/web"])).toBe(`((${UNCONCERNED}) OR (${NAME} StringEqualsIgnoreCase 'shop/web'))`);
});

test("who pushes is held to the repository when writing as well", () => {
  const writes = ["content/write", "metadata/write"].map(
    (action) => ` AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/${action}'})`,
  );
  expect(repositoryCondition(["shop/web"], true)).toBe(
    `((${UNCONCERNED}${writes.join("")}) OR (${NAME} StringEqualsIgnoreCase 'shop/web'))`,
  );
});

test("several repositories are allowed in alphabetical order, so that their order in the file does not matter", () => {
  expect(repositoryCondition(["shop/web", "shop/api"])).toBe(
    `((${UNCONCERNED}) OR (${NAME} StringEqualsIgnoreCase 'shop/api') OR (${NAME} StringEqualsIgnoreCase 'shop/web'))`,
  );
  expect(repositoryCondition(["shop/api", "shop/web"])).toBe(repositoryCondition(["shop/web", "shop/api"]));
});

test("a repository of two workloads stands there once", () => {
  expect(repositoryCondition(["shop/web", "shop/web"])).toBe(repositoryCondition(["shop/web"]));
});

test("no repository means that nothing may be read", () => {
  expect(repositoryCondition([])).toBe(`((${UNCONCERNED}))`);
});
