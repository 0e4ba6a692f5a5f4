import { text } from "../../../../rehearsal/providers/values";
import { withPrincipal } from "./fixture";

test("an application gets its ids, and is read back as it is", async () => {
  const { applications, application } = await withPrincipal();
  expect(application.id).toBe(`/applications/${text(application, "object_id")}`);
  expect(application.client_id).not.toBe(application.object_id);
  expect(await applications.drift(application)).toEqual([]);
});

test("without owners nobody owns it, the caller neither", async () => {
  const { applications, clouds } = await withPrincipal();
  const orphan = await applications.create({ display_name: "orphan" });
  expect(clouds.entra.applications.get(text(orphan, "object_id"))?.owners).toEqual([]);
});

test("an application without owners is read back as it is: nothing is left to plan", async () => {
  const { applications } = await withPrincipal();
  const orphan = await applications.create({ display_name: "orphan", owners: null });
  expect(await applications.drift(orphan)).toEqual([]);
});

test("name and owners change in place", async () => {
  const { applications, application, clouds } = await withPrincipal();
  await applications.update(application, { display_name: "renamed", owners: ["somebody"] });
  expect(clouds.entra.applications.get(text(application, "object_id"))).toMatchObject({
    displayName: "renamed",
    owners: ["somebody"],
  });
});

test("an application can be imported", async () => {
  const { applications, application } = await withPrincipal();
  expect(await applications.import(text(application, "id"))).toMatchObject({ display_name: "acr-sp-demo" });
});

test("a deleted application is gone", async () => {
  const { applications, application } = await withPrincipal();
  await applications.delete(application);
  expect(await applications.read(application)).toBeUndefined();
});

test("a bare object id is no id", async () => {
  const { applications, application } = await withPrincipal();
  const id = text(application, "object_id");
  await expect(applications.import(id)).rejects.toThrow(
    `parsing "${id}": parsing segment "applications": expected an id of the form /applications/<object id>`,
  );
});
