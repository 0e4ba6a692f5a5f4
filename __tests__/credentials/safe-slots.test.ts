import { describeWithTools } from "../support/tools";
import { scheduleAt } from "../support/rotation";
import { heldBy } from "./logins";
import { KEY_VAULT, NOON, PERIOD_MS, PRINCIPAL, PullingCluster, ROTATION, TOKEN } from "./pulling-cluster";

const METHODS = [
  { name: "a principal", pull: PRINCIPAL },
  { name: "a principal, through a key vault", pull: { ...PRINCIPAL, keyVault: KEY_VAULT } },
  { name: "tokens", pull: TOKEN },
];

/** At NOON the scheduled slot is 0, and with lag 1 the next one is as good. */
const SAFE = [0, 1];

describeWithTools(["terraform"], "active_slot", () => {
  it.each(METHODS)(
    "of $name takes the slots that last as long as the schedule promises, and no other",
    async ({ pull }) => {
      const cluster = await PullingCluster.deploy(pull, NOON);
      for (const slot of [0, 1, 2, 3].filter((one) => !SAFE.includes(one))) {
        await expect(cluster.applyIdentity("-var", `active_slot=${slot}`)).rejects.toThrow(
          new RegExp(
            `active_slot\\s+is\\s+${slot},\\s+whose\\s+password\\s+is\\s+deleted\\s+too\\s+soon;.*these\\s+will\\s+do:\\s+0,\\s+1\\.`,
            "s",
          ),
        );
      }
      const first = heldBy(cluster);
      await cluster.applyIdentity("-var", "active_slot=1");
      await cluster.applyWorkload();
      cluster.pull();
      expect(heldBy(cluster).password).not.toBe(first.password);
      // Slot 1 was renewed in this generation.
      const { generation } = scheduleAt(NOON, ROTATION);
      const startOf = (key: number) =>
        new Date(Date.UTC(2000, 0, 1) + key * PERIOD_MS).toISOString().replace(".000", "");
      expect(deadlinesOf(cluster)).toEqual([startOf(generation + 5), startOf(generation + 4)]);

      // The latest time that the runbook allows for the next run.
      cluster.moveTo(NOON.getTime() + 2 * PERIOD_MS);
      cluster.pull();
      await cluster.applyIdentity();
      cluster.pull();
      cluster.wait();
      await cluster.applyWorkload();
      cluster.pull();
      expect([cluster.tried, cluster.refused]).toEqual([4, []]);
    },
    60_000,
  );
});

describeWithTools(["terraform"], "the variable now", () => {
  it("is warned of in every plan that it takes too far from the present", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const warned = async (days: number) => {
      const now = new Date(NOON.getTime() + days * 24 * 60 * 60 * 1000).toISOString().replace(".000", "");
      const plan = ["plan", "-no-color", "-input=false", "-var", `now=${now}`];
      const outputs = [await cluster.identityStack.terraform(plan), await cluster.workloadStack.terraform(plan)];
      return outputs.map(({ code, stdout }) => [code, stdout.includes("The variable now is")]);
    };
    expect(await warned(0)).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(await warned(-31)).toEqual([
      [0, true],
      [0, true],
    ]);
    expect(await warned(61)).toEqual([
      [0, true],
      [0, true],
    ]);
    // Clusters' own stacks only warn of deadlines by it.
    expect(await warned(30)).toEqual([
      [0, false],
      [0, true],
    ]);
  });
});

/** Of the pull secret: when it ends, and until when the next run has to be. */
function deadlinesOf({ rehearsal }: PullingCluster): (string | undefined)[] {
  const [secret] = rehearsal.clouds.clusters.flatMap(({ secrets }) => secrets.values());
  const { annotations = {} } = secret?.metadata ?? {};
  return [annotations["acr-pull/expires"], annotations["acr-pull/apply-before"]];
}
