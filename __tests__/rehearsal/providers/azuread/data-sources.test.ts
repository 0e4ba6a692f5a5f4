import type { Attributes } from "../../../../rehearsal/plugin/model";
import { dataSource } from "../harness";
import { withPrincipal } from "./fixture";

test("the client configuration names the caller", async () => {
  const { providers, clouds } = await withPrincipal();
  expect(dataSource(providers.azuread, "azuread_client_config").read({})).toMatchObject({
    ...{ tenant_id: clouds.entra.tenantId, object_id: clouds.entra.caller.objectId },
  });
});

test.each(["object_id", "client_id", "display_name"])("an application is found by its %s", async (key) => {
  const { providers, application } = await withPrincipal();
  const found = dataSource(providers.azuread, "azuread_application").read({ [key]: application[key] ?? null });
  expect(found).toMatchObject({ id: application.id, client_id: application.client_id });
});

test("a principal is found by its client id", async () => {
  const { providers, principal } = await withPrincipal();
  const config: Attributes = { client_id: principal.client_id ?? null };
  expect(dataSource(providers.azuread, "azuread_service_principal").read(config)).toMatchObject({ id: principal.id });
});

test("what is not there is named", async () => {
  const { providers } = await withPrincipal();
  expect(() => dataSource(providers.azuread, "azuread_application").read({ display_name: "other" })).toThrow(
    'No application found matching "other"',
  );
});
