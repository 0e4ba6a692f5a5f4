import { RegistryRole, type RegistryRoleProps } from "../../constructs/registry-role";
import { repositoryCondition } from "../../constructs/repository-condition";
import { resource, synthConstruct } from "../support/environment";
import { text } from "../support/text";

const PROPS: RegistryRoleProps = { registryId: "/registries/acrdemo2ss", principalId: "object-id" };

function assignmentOf(props: RegistryRoleProps) {
  return resource(
    synthConstruct((stack) => {
      new RegistryRole(stack, "role", props);
    }),
    "azurerm_role_assignment",
  );
}

test("AcrPull on the registry, without a condition", () => {
  expect(assignmentOf(PROPS)).toEqual({
    scope: "/registries/acrdemo2ss",
    role_definition_name: "AcrPull",
    principal_id: "object-id",
    principal_type: "ServicePrincipal",
  });
});

test("with repositories, the role that such registries know, for these alone", () => {
  expect(assignmentOf({ ...PROPS, repositories: ["shop/web"] })).toMatchObject({
    role_definition_name: "Container Registry Repository Reader",
    condition: repositoryCondition(["shop/web"]),
    condition_version: "2.0",
  });
});

test("who pushes gets the roles that push, of the registry's mode", () => {
  expect(assignmentOf({ ...PROPS, push: true }).role_definition_name).toBe("AcrPush");
  expect(assignmentOf({ ...PROPS, push: true, repositories: ["shop/web"] })).toMatchObject({
    role_definition_name: "Container Registry Repository Writer",
    condition: repositoryCondition(["shop/web"], true),
  });
});

test("of what nobody knows the type, none is said", () => {
  expect(assignmentOf({ ...PROPS, isApplication: false })).not.toHaveProperty("principal_type");
});

test("a role that is named is taken", () => {
  expect(assignmentOf({ ...PROPS, role: text("AcrPush") }).role_definition_name).toBe("AcrPush");
});
