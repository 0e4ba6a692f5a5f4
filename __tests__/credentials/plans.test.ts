import { describeWithTools } from "../support/tools";
import { plannedChanges, planCodes } from "./plans";
import { PERIOD_MS, PRINCIPAL, PullingCluster, REPLICATION_MS, ROTATION, TOKEN } from "./pulling-cluster";
import { startOf } from "./simulation";

const GENERATION = 320;
/** The last second of a generation: every wait from here on meets as many changes of generation as it can. */
const LAST_SECOND = startOf(GENERATION + 1, ROTATION) - 1000;
/** Deployments last until then. */
const START = new Date(LAST_SECOND - REPLICATION_MS);

describeWithTools(["terraform"], "plans", () => {
  it.each([
    ["principal", PRINCIPAL],
    ["token", TOKEN],
  ])(
    "of a %s are empty until the last second of a generation",
    async (_, pull) => {
      const cluster = await PullingCluster.deploy(pull, new Date(startOf(GENERATION, ROTATION)));
      expect(await planCodes(cluster)).toEqual([0, 0]);
      cluster.moveTo(LAST_SECOND);
      expect(await planCodes(cluster)).toEqual([0, 0]);
      cluster.wait(1000);
      expect(await planCodes(cluster)).toEqual([2, 0]);
    },
    30_000,
  );

  it("at a new generation renew one slot and the pull secret, and nothing else", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, START);
    cluster.wait(PERIOD_MS);
    const identity = await plannedChanges(cluster.identityStack);
    await cluster.applyIdentity();
    const workload = await plannedChanges(cluster.workloadStack);
    expect([...identity, ...workload]).toMatchInlineSnapshot(`
      [
        "azuread_application_password.pull-identity_slot-1_0B27A282: create, then delete: end_date, id, key_id, start_date, value",
        "kubernetes_secret_v1.namespaces_shop_pull-secret_67864DCF: update: data[.dockerconfigjson], metadata[0][annotations][acr-pull/apply-before], metadata[0][annotations][acr-pull/expires]",
      ]
    `);
  });

  it("at a new generation renew one token's password, never that of the active one", async () => {
    const cluster = await PullingCluster.deploy(TOKEN, START);
    cluster.wait(PERIOD_MS);
    const identity = await plannedChanges(cluster.identityStack);
    await cluster.applyIdentity();
    const workload = await plannedChanges(cluster.workloadStack);
    expect([...identity, ...workload]).toMatchInlineSnapshot(`
      [
        "azurerm_container_registry_token_password.registry-token_slot-1_A3D6DB5D: delete, then create: id, password1[0][expiry], password1[0][value]",
        "kubernetes_secret_v1.namespaces_shop_pull-secret_67864DCF: update: data[.dockerconfigjson], metadata[0][annotations][acr-pull/apply-before], metadata[0][annotations][acr-pull/expires]",
      ]
    `);
  });
});
