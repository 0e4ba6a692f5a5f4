import { text } from "../../../../rehearsal/providers/values";
import { withPrincipal } from "./fixture";

test("a password gets its id and value, and keeps the end it was given", async () => {
  const { passwords, application, clouds } = await withPrincipal();
  const application_id = application.id ?? null;
  const state = await passwords.create({ application_id, display_name: "slot-0", end_date: "2026-07-01T00:00:00Z" });
  expect(state).toMatchObject({
    id: `${text(application, "object_id")}/password/${text(state, "key_id")}`,
    start_date: "2026-01-01T00:00:00Z",
    end_date: "2026-07-01T00:00:00Z",
  });
  const signIn = clouds.entra.authenticate(text(application, "client_id"), text(state, "value"), clouds.clock.now());
  expect(signIn.ok).toBe(true);
  expect(await passwords.drift(state)).toEqual([]);
});

test("end_date_relative is ignored: two years result", async () => {
  const { passwords, application } = await withPrincipal();
  const state = await passwords.create({ application_id: application.id ?? null, end_date_relative: "24h" });
  expect(state.end_date).toBe("2028-01-01T00:00:00Z");
});

test("a bare object id is refused", async () => {
  const { passwords, application } = await withPrincipal();
  await expect(passwords.create({ application_id: application.object_id ?? null })).rejects.toThrow(
    'parsing segment "applications": expected an id of the form /applications/<object id>',
  );
});

test("a password that was removed, or whose application was, is gone", async () => {
  const { passwords, applications, application } = await withPrincipal();
  const [one, two] = [
    await passwords.create({ application_id: application.id ?? null, display_name: "one" }),
    await passwords.create({ application_id: application.id ?? null, display_name: "two" }),
  ];
  await passwords.delete(one);
  expect(await passwords.read(one)).toBeUndefined();
  expect(await passwords.drift(two)).toEqual([]);
  await applications.delete(application);
  expect(await passwords.read(two)).toBeUndefined();
});
