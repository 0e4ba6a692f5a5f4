import { roleDefinitionId, roleNameOf } from "../../../rehearsal/clouds/roles";
import { createWorld, GROUP, SUBSCRIPTION } from "./world";

const CONDITION = `((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'app2/acr-app2'))`;

test("an unknown principal is PrincipalNotFound, with the hint at the replication delay", () => {
  const { clouds, registry } = createWorld();
  const principalId = "11111111-2222-4333-8444-555555555555";
  expect(() => clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId })).toThrow(
    `PrincipalNotFound: Principal 11111111222243338444555555555555 does not exist in the directory ${clouds.entra.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
  );
});

test("within the replication lag a principal is unknown, unless its type is given", () => {
  const { clouds, registry, principal } = createWorld();
  clouds.entra.replicationLagMs = 10_000;
  const wish = { scope: registry.id, roleName: "AcrPush", principalId: principal.objectId };
  expect(() => clouds.arm.roles.assign(wish)).toThrow("PrincipalNotFound");
  expect(clouds.arm.roles.assign({ ...wish, principalType: "ServicePrincipal" }).principalId).toBe(principal.objectId);
});

test("the same role for the same principal on the same scope is RoleAssignmentExists", () => {
  const { clouds, registry, principal } = createWorld();
  expect(() =>
    clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: principal.objectId }),
  ).toThrow(
    "unexpected status 409 (409 Conflict) with error: RoleAssignmentExists: The role assignment already exists.",
  );
});

test.each([GROUP, `/subscriptions/${SUBSCRIPTION}`])("AcrPull on %s pulls from a registry below it", (scope) => {
  const { clouds, registry } = createWorld();
  const other = clouds.entra.createManagedIdentity("other").objectId;
  expect(clouds.arm.roles.canPull(other, registry.id, false, "r")).toBe(false);
  clouds.arm.roles.assign({ scope, roleName: "AcrPull", principalId: other });
  expect(clouds.arm.roles.canPull(other, registry.id, false, "r")).toBe(true);
});

test("AcrPull on another registry gives nothing here", () => {
  const { clouds, registry } = createWorld();
  const other = clouds.entra.createManagedIdentity("other").objectId;
  clouds.arm.roles.assign({ scope: `${registry.id}2`, roleName: "AcrPull", principalId: other });
  expect(clouds.arm.roles.canPull(other, registry.id, false, "r")).toBe(false);
});

test("a role for the client id instead of the object id is accepted with a type, and gives nothing", () => {
  const { clouds, registry, principal } = createWorld();
  for (const { id } of clouds.arm.roles.all()) clouds.arm.roles.delete(id);
  const principalType = "ServicePrincipal";
  clouds.arm.roles.assign({
    scope: registry.id,
    roleName: "AcrPull",
    principalId: principal.clientId,
    principalType,
  });
  expect(clouds.arm.roles.canPull(principal.objectId, registry.id, false, "r")).toBe(false);
});

test("a registry in ABAC mode ignores AcrPull", () => {
  const { clouds, registry, principal } = createWorld();
  expect(clouds.arm.roles.canPull(principal.objectId, registry.id, true, "r")).toBe(false);
});

test("the Repository Reader role counts in ABAC mode only", () => {
  const { clouds, registry } = createWorld();
  const other = clouds.entra.createManagedIdentity("other").objectId;
  const roleName = "Container Registry Repository Reader";
  clouds.arm.roles.assign({ scope: registry.id, roleName, principalId: other });
  expect(clouds.arm.roles.canPull(other, registry.id, true, "r")).toBe(true);
  expect(clouds.arm.roles.canPull(other, registry.id, false, "r")).toBe(false);
});

test.each([
  [CONDITION, "app2/acr-app2", true],
  [CONDITION, "app2/acr-app2x", false],
  [CONDITION.replace("StringEquals", "StringEqualsIgnoreCase"), "APP2/acr-app2", true],
  [CONDITION.replace("StringEquals", "StringStartsWith").replace("app2/acr-app2", "app2/"), "app2/other", true],
  [CONDITION.replace("StringEquals", "StringStartsWith").replace("app2/acr-app2", "app2/"), "app1/other", false],
  [CONDITION.replace("StringEquals 'app2/acr-app2'", "ForAnyOfAnyValues:StringEquals {'one', 'two'}"), "two", true],
  ["(@Resource[x] StringEquals 'y')", "app2/acr-app2", false],
])("condition %s on repository %s: %s", (condition, repository, expected) => {
  const { clouds, registry } = createWorld();
  const other = clouds.entra.createManagedIdentity("other").objectId;
  const roleName = "Container Registry Repository Reader";
  clouds.arm.roles.assign({ scope: registry.id, roleName, principalId: other, condition });
  expect(clouds.arm.roles.canPull(other, registry.id, true, repository)).toBe(expected);
});

test("role names and definition ids lead to each other", () => {
  const id = roleDefinitionId(SUBSCRIPTION, "AcrPull");
  expect(id).toBe(
    `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
  );
  expect(roleNameOf(id.toUpperCase())).toBe("AcrPull");
});

test("a role name that does not exist is named", () => {
  expect(() => roleDefinitionId(SUBSCRIPTION, "AcrPuller")).toThrow(
    "listing role definitions: could not find role `AcrPuller`",
  );
  expect(() => roleNameOf("x")).toThrow('retrieving Role Definition "x": RoleDefinitionDoesNotExist');
});

test("role assignments go with the object that they are on", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.deleteResource(registry.id);
  expect(clouds.arm.roles.all()).toEqual([]);
});
