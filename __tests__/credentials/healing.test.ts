import { describeWithTools } from "../support/tools";
import { heldBy } from "./logins";
import { planCodes } from "./plans";
import { KEY_VAULT, NOON, PRINCIPAL, PullingCluster, TOKEN, addressOf } from "./pulling-cluster";
import { commandsUnder, type } from "./runbook";

/** Somebody writes something else into the pull secret. */
function edit({ rehearsal }: PullingCluster): void {
  const [cluster] = rehearsal.clouds.clusters;
  const [secret] = cluster?.secrets.values() ?? [];
  if (!cluster || !secret) throw new Error("there is no pull secret");
  const mine = `"auth":"${Buffer.from("somebody:mine").toString("base64")}"`;
  const data = secret.data?.[".dockerconfigjson"]?.replace(/"auth":"[^"]*"/, mine) ?? "";
  cluster.secrets.replace({ ...secret, data: { ".dockerconfigjson": data } });
}

describeWithTools(["terraform"], "a pull secret that somebody has edited", () => {
  it.each([PRINCIPAL, TOKEN].map((method) => ({ ...method, keyVault: KEY_VAULT })))(
    "is healed by the runbook's command where a key vault delivers it, and not seen by plans: %j",
    async (pull) => {
      const cluster = await PullingCluster.deploy(pull, NOON);
      const good = heldBy(cluster);
      edit(cluster);
      expect(cluster.pull()).toHaveLength(1);
      expect(await planCodes(cluster)).toEqual([0, 0]);

      const [command = ""] = commandsUnder("Heal a pull secret that somebody has edited");
      const own = addressOf(cluster.workloadStack, "vault-pull-secret");
      expect(command).toContain("kubernetes_secret_v1.namespaces_default_vault-pull-secret_");
      await type(cluster.rehearsal, command.replace(/kubernetes_secret_v1\.\S+/, own));
      expect(heldBy(cluster)).toEqual(good);
      expect(cluster.pull()).toEqual([]);
      expect(await planCodes(cluster)).toEqual([0, 0]);
    },
    60_000,
  );

  it("is seen by the next plan, and healed by its apply, where the state has it", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const good = heldBy(cluster);
    edit(cluster);
    expect(await planCodes(cluster)).toEqual([0, 2]);
    await cluster.applyWorkload();
    expect(heldBy(cluster)).toEqual(good);
    expect(cluster.pull()).toEqual([]);
  });
});
