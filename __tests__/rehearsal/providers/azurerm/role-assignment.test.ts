import { text } from "../../../../rehearsal/providers/values";
import type { Attributes } from "../../../../rehearsal/sdk/model";
import { REGISTRY_ID, withRegistry } from "./fixture";

async function withPrincipal() {
  const world = await withRegistry();
  const { clientId } = world.clouds.entra.createApplication("acr-sp-demo", []);
  const principal = world.clouds.entra.createServicePrincipal(clientId, []);
  const assignments = world.type("azurerm_role_assignment");
  const config = { scope: REGISTRY_ID, role_definition_name: "AcrPull", principal_id: principal.objectId };
  return { ...world, principal, assignments, config };
}

test("a role assignment lies under its scope, and is read back as it is", async () => {
  const { assignments, config } = await withPrincipal();
  const state = await assignments.create(config);
  expect(state.id).toBe(`${REGISTRY_ID}/providers/Microsoft.Authorization/roleAssignments/${text(state, "name")}`);
  expect(state).toMatchObject({
    role_definition_id: expect.stringContaining("7f951dda-4ed3-4680-a7ca-43fe172d538d") as string,
    principal_type: "ServicePrincipal",
    condition_version: "",
  });
  expect(await assignments.drift(state)).toEqual([]);
});

test("a role may be given by its definition", async () => {
  const { assignments, config } = await withPrincipal();
  const role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";
  const state = await assignments.create({ ...config, role_definition_name: null, role_definition_id });
  expect(state).toMatchObject({ role_definition_id, role_definition_name: "AcrPull" });
});

test("a condition has version 2.0 unless told otherwise", async () => {
  const { assignments, config } = await withPrincipal();
  expect(await assignments.create({ ...config, condition: "(true)" })).toMatchObject({ condition_version: "2.0" });
});

test("a condition's version alone is refused", async () => {
  const { assignments, config } = await withPrincipal();
  expect(() => assignments.plan({ ...config, condition_version: "2.0" })).toThrow(
    "`condition_version` should not be set without `condition`",
  );
});

test("a principal id that is no UUID is refused at plan", async () => {
  const { assignments, config } = await withPrincipal();
  expect(() => assignments.plan({ ...config, principal_id: "/servicePrincipals/x" })).toThrow(
    'expected "principal_id" to be a valid UUID, got /servicePrincipals/x',
  );
});

test.each<Attributes>([{ principal_type: "ServicePrincipal" }, { skip_service_principal_aad_check: true }])(
  "within the replication lag a new principal needs %j",
  async (help) => {
    const { assignments, config, clouds } = await withPrincipal();
    clouds.entra.replicationLagMs = 10_000;
    await expect(assignments.create(config)).rejects.toThrow("PrincipalNotFound");
    expect(await assignments.create({ ...config, ...help })).toMatchObject({ principal_type: "ServicePrincipal" });
  },
);

test("a scope that does not exist is named", async () => {
  const { assignments, config } = await withPrincipal();
  await expect(assignments.create({ ...config, scope: "/nowhere" })).rejects.toThrow(
    "ResourceNotFound: The Resource '/nowhere' was not found.",
  );
});

test("every change replaces, as there is no update", async () => {
  const { assignments, config } = await withPrincipal();
  expect(Object.keys(assignments.model)).not.toContain("update");
  const state = await assignments.create(config);
  expect(assignments.replaced(state, { ...config, role_definition_name: "AcrPush" })).toEqual(["role_definition_name"]);
  expect(assignments.replaced(state, { ...config, role_definition_name: "acrpull" })).toEqual([]);
});

test("a role assignment that others deleted is seen", async () => {
  const { assignments, config, clouds } = await withPrincipal();
  const state = await assignments.create(config);
  await assignments.delete(state);
  expect(clouds.arm.roles.all()).toEqual([]);
  expect(await assignments.read(state)).toBeUndefined();
});

test("a lock on the registry also holds the role assignments on it", async () => {
  const { assignments, config, clouds } = await withPrincipal();
  const state = await assignments.create(config);
  clouds.arm.locks.add({ id: "lock", name: "keep", scope: REGISTRY_ID, level: "CanNotDelete" });
  await expect(assignments.delete(state)).rejects.toThrow("ScopeLocked");
  clouds.arm.locks.delete("lock");
  await assignments.delete(state);
});
