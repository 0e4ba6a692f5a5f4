import { dataSource, SUBSCRIPTION } from "../harness";
import { GROUP_ID, REGISTRY_ID, withRegistry } from "./fixture";

test("a registry is found by name and group", async () => {
  const { providers } = await withRegistry();
  const source = dataSource(providers.azurerm, "azurerm_container_registry");
  expect(source.read({ name: "acrdemo2ss", resource_group_name: "acr-rg2" })).toMatchObject({
    id: REGISTRY_ID,
    login_server: "acrdemo2ss.azurecr.io",
  });
  expect(() => source.read({ name: "other", resource_group_name: "acr-rg2" })).toThrow(
    `Container Registry "${REGISTRY_ID.replace("acrdemo2ss", "other")}" was not found`,
  );
});

test("a group is found by name", async () => {
  const { providers } = await withRegistry();
  const source = dataSource(providers.azurerm, "azurerm_resource_group");
  expect(source.read({ name: "acr-rg2" })).toEqual({ id: GROUP_ID, location: "centralus", tags: {} });
  expect(() => source.read({ name: "x" })).toThrow(/^Resource Group ".*\/x" was not found$/);
});

test("a vault is found by name and group", async () => {
  const { providers, clouds } = await withRegistry();
  const vault = clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "demo-vault", "centralus");
  const source = dataSource(providers.azurerm, "azurerm_key_vault");
  expect(source.read({ name: "demo-vault", resource_group_name: "acr-rg2" })).toMatchObject({ id: vault.id });
});

test("an AKS cluster has a host, a certificate, no key, and the kubelet's identity", async () => {
  const { providers, clouds } = await withRegistry();
  const source = dataSource(providers.azurerm, "azurerm_kubernetes_cluster");
  const [cluster] = clouds.arm.clusters.values();
  expect(source.read({ name: "aksdemo2", resource_group_name: "aks-rg2" })).toMatchObject({
    id: cluster?.id,
    kube_config: [
      { host: cluster?.host, cluster_ca_certificate: cluster?.caCertificate, client_key: "", password: "" },
    ],
    kubelet_identity: [{ object_id: cluster?.kubelet.objectId }],
  });
});

test("the client configuration names caller, tenant and subscription", async () => {
  const { providers, clouds } = await withRegistry();
  expect(dataSource(providers.azurerm, "azurerm_client_config").read({})).toMatchObject({
    tenant_id: clouds.entra.tenantId,
    object_id: clouds.entra.caller.objectId,
    subscription_id: SUBSCRIPTION,
  });
});
