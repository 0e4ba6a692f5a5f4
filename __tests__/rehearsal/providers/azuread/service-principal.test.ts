import { text } from "../../../../rehearsal/providers/values";
import { withPrincipal } from "./fixture";

test("a principal gets an object id of its own, and is read back as it is", async () => {
  const { principals, principal, application } = await withPrincipal();
  expect(principal.id).toBe(`/servicePrincipals/${text(principal, "object_id")}`);
  expect(principal.object_id).not.toBe(application.object_id);
  expect(await principals.drift(principal)).toEqual([]);
});

test("a second principal for one application is refused", async () => {
  const { principals, application } = await withPrincipal();
  await expect(principals.create({ client_id: application.client_id ?? null })).rejects.toThrow("is already in use");
});

test("a principal without owners is read back as it is: nothing is left to plan", async () => {
  const { principals, applications } = await withPrincipal();
  const { client_id = null } = await applications.create({ display_name: "other" });
  const state = await principals.create({ client_id, owners: null });
  expect(await principals.drift(state)).toEqual([]);
});

test("owners change in place, the client id replaces", async () => {
  const { principals, principal, clouds } = await withPrincipal();
  await principals.update(principal, { owners: [] });
  expect(clouds.entra.principals.get(text(principal, "object_id"))?.owners).toEqual([]);
  expect(principals.replaced(principal, { client_id: "other" })).toEqual(["client_id"]);
  expect(principals.replaced(principal, { client_id: text(principal, "client_id"), use_existing: true })).toEqual([]);
});

test("a principal can be imported, and a deleted one is gone", async () => {
  const { principals, principal } = await withPrincipal();
  expect(await principals.import(text(principal, "id"))).toMatchObject({ client_id: principal.client_id });
  await principals.delete(principal);
  expect(await principals.read(principal)).toBeUndefined();
});
