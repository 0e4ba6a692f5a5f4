import { Ids } from "../../../rehearsal/clouds/ids";

test("the same labels give the same ids in every run, whatever came between", () => {
  const [one, other] = [new Ids(), new Ids()];
  other.uuid("something else");
  expect(one.uuid("application/a")).toBe(other.uuid("application/a"));
});

test("a label used twice gives two ids", () => {
  const ids = new Ids();
  expect(ids.uuid("a")).not.toBe(ids.uuid("a"));
});

test("ids are valid UUIDs of version 4", () => {
  expect(new Ids().uuid("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test.each(["a", "b", "slot-0", "acr-sp-demo/slot-3"])("client secret %s looks like one of Entra's", (label) => {
  const secret = new Ids().clientSecret(label);
  expect(secret).toMatch(/^[\w.~-]{3}8Q~[\w.~-]{34}$/);
  expect(secret).toHaveLength(40);
  expect([".", "-", "_", "~"].every((special) => secret.includes(special))).toBe(true);
});

test("registry passwords have 52 characters", () => {
  expect(new Ids().registryPassword("a")).toMatch(/^[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}$/);
});

test("public addresses lie in Azure's 20.0.0.0/8", () => {
  expect(new Ids().publicAddress("a")).toMatch(/^20(\.\d{1,3}){3}$/);
});

test("every generated password is remembered", () => {
  const ids = new Ids();
  const made = [ids.clientSecret("a"), ids.registryPassword("b")];
  expect(ids.passwords).toEqual(made);
});
