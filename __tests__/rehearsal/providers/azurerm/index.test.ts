import { UNKNOWN } from "../../../../rehearsal/sdk/model";
import { createProviders } from "../../../../rehearsal/providers";
import { dataSource, resource, setUp, SUBSCRIPTION } from "../harness";

test("the provider asks for a features block", () => {
  expect(() => setUp().providers.azurerm.configure?.({ subscription_id: SUBSCRIPTION })).toThrow(
    'Insufficient features blocks: At least 1 "features" blocks are required.',
  );
});

test("the provider asks for a subscription", () => {
  expect(() => setUp().providers.azurerm.configure?.({ features: [{}] })).toThrow(
    "`subscription_id` is a required provider property when performing a plan/apply operation: set it in the provider block or as ARM_SUBSCRIPTION_ID",
  );
});

test("the subscription may come from the environment", () => {
  const { azurerm } = createProviders(setUp().clouds, { ARM_SUBSCRIPTION_ID: "from-environment" });
  azurerm.configure?.({ features: [{}] });
  expect(dataSource(azurerm, "azurerm_client_config").read({})).toMatchObject({ subscription_id: "from-environment" });
});

test("a configuration that is not known yet is no error", () => {
  expect(() => setUp().providers.azurerm.configure?.({ features: UNKNOWN, subscription_id: UNKNOWN })).not.toThrow();
});

test("a subscription that does not exist fails at apply", async () => {
  const { azurerm } = setUp().providers;
  azurerm.configure?.({ features: [{}], subscription_id: "other" });
  await expect(
    resource(azurerm, "azurerm_resource_group").create({ name: "g", location: "centralus" }),
  ).rejects.toThrow("SubscriptionNotFound: The subscription 'other' could not be found.");
});
