import { dataSource } from "../harness";
import { withPrincipal } from "./fixture";

test("the client configuration names the caller", async () => {
  const { providers, clouds } = await withPrincipal();
  expect(dataSource(providers.azuread, "azuread_client_config").read({})).toMatchObject({
    ...{ tenant_id: clouds.entra.tenantId, object_id: clouds.entra.caller.objectId },
  });
});
