import type { Rehearsal } from "../../rehearsal/rehearsal";
import { environmentFrom } from "../support/environment";
import { describeWithTools } from "../support/tools";
import { rehearsalOf, waitingPods } from "./rehearsals";

const HERE = "11111111-1111-1111-1111-111111111111";
const THERE = "22222222-2222-2222-2222-222222222222";

/** A registry in one tenant; a cluster in another, whose password goes through a key vault beside the registry. */
const ENVIRONMENT = environmentFrom(`
azure: { tenantId: ${HERE}, subscriptionId: aaaaaaaa-1111-1111-1111-111111111111 }
registry: { name: acrdemo2ss, resourceGroup: acr-rg2, location: centralus, sku: Basic }
images: { web: { repository: web, prebuilt: "sha256:${"1".repeat(64)}" } }
clusters:
  away:
    aks:
      name: away
      resourceGroup: away-rg
      tenantId: ${THERE}
      subscriptionId: bbbbbbbb-2222-2222-2222-222222222222
    pull:
      servicePrincipal: { name: pull-away }
      keyVault: { name: demo-vault, resourceGroup: acr-rg2, location: centralus }
workloads: { web: { image: web, clusters: [away], port: 8080 } }
`);

/** Deploys with one change of the workload stack's JSON. */
const deployed = async (from: string, to: string): Promise<Rehearsal> => {
  const rehearsal = rehearsalOf({
    environment: ENVIRONMENT,
    mutate: (stack, json) => (stack.includes("-workload-") ? json.replace(from, to) : json),
  });
  await rehearsal.deploy();
  return rehearsal;
};

describeWithTools(["terraform"], "a cluster in another tenant than its registry and its key vault", () => {
  it("pulls, and leaves nothing behind", async () => {
    const rehearsal = await deployed("", "");
    expect(rehearsal.clouds.clusters.flatMap(({ pulls }) => pulls)).toEqual([expect.objectContaining({ ok: true })]);
    expect(waitingPods(rehearsal)).toEqual([]);
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });

  it("is not found with the registry's tenant", async () => {
    await expect(deployed(`"tenant_id": "${THERE}"`, `"tenant_id": "${HERE}"`)).rejects.toThrow(
      /^demo-workload-away: plan: data\.azurerm_kubernetes_cluster\.cluster: .* InvalidAuthenticationTokenTenant: .*\/11111111-[^']*'. It must match the tenant '[^']*\/22222222-/,
    );
  });

  it("does not reach the vault with its own", async () => {
    await expect(deployed(`"tenant_id": "${HERE}"`, `"tenant_id": "${THERE}"`)).rejects.toThrow(
      /^demo-workload-away: plan: ephemeral\.azurerm_key_vault_secret\.pull-password: .* InvalidAuthenticationTokenTenant: .*\/22222222-[^']*'. It must match the tenant '[^']*\/11111111-/,
    );
  });
});
