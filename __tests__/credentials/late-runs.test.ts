import { scheduleAt } from "../support/rotation";
import { describeWithTools } from "../support/tools";
import { DAY_MS, PERIOD_MS, PRINCIPAL, PullingCluster, REPLICATION_MS, ROTATION } from "./pulling-cluster";
import { startOf } from "./simulation";

const GENERATION = 320;
/** The last second of a generation: every wait from here on meets as many changes of generation as it can. */
const LAST_SECOND = startOf(GENERATION + 1, ROTATION) - 1000;
/** Deployments last until then. */
const START = new Date(LAST_SECOND - REPLICATION_MS);

describeWithTools(["terraform"], "outside the promise the first refused pull is where the runbook says", () => {
  let cluster: PullingCluster;

  beforeEach(async () => {
    cluster = await PullingCluster.deploy(PRINCIPAL, START);
  });

  it("three periods late: between identity and workload, the password is deleted", async () => {
    cluster.moveTo(startOf(GENERATION + 4, ROTATION) - 1000);
    expect(cluster.pull()).toEqual([]);
    await cluster.applyIdentity();
    cluster.wait();
    expect(cluster.pull()).toEqual([
      expect.stringMatching(/^ImagePullBackOff: .*AADSTS7000215: Invalid client secret/),
    ]);
    await cluster.applyWorkload();
    expect(cluster.pull()).toEqual([]);
  });

  it("later: at the start of generation key + slots + 1, the password has expired; identity, then workload heal it", async () => {
    const { expires } = scheduleAt(new Date(LAST_SECOND), ROTATION);
    const end = startOf(GENERATION - 1 + 5, ROTATION);
    expect(Date.parse(expires)).toBe(end);
    cluster.moveTo(end - 1);
    expect(cluster.pull()).toEqual([]);
    cluster.moveTo(end);
    expect(cluster.pull()).toEqual([expect.stringContaining(`AADSTS7000222: `)]);
    cluster.wait(400 * DAY_MS);
    const [reason = ""] = cluster.pull();
    expect(reason).toMatch(
      /^ImagePullBackOff: Back-off pulling image ".*": pulled as .*AADSTS7000222: .* are expired\. /,
    );
    expect(reason).toContain(`ended at ${new Date(end).toISOString()}`);
    await cluster.applyIdentity();
    cluster.wait();
    await cluster.applyWorkload();
    expect(cluster.pull()).toEqual([]);
  });

  it("workload before identity, two periods apart: before the third run, the password has expired", async () => {
    for (const run of [1, 2]) {
      cluster.moveTo(LAST_SECOND + run * 2 * PERIOD_MS);
      expect(cluster.pull()).toHaveLength(run - 1);
      await cluster.applyWorkload();
      expect(cluster.pull()).toEqual([]);
      await cluster.applyIdentity();
      expect(cluster.pull()).toEqual([]);
    }
    expect(cluster.refused).toEqual([expect.stringContaining("AADSTS7000222: ")]);
  });

  it("a run that skipped more than lag periods, without a wait: the password is new, and not known yet", async () => {
    cluster.wait(2 * PERIOD_MS);
    await cluster.applyIdentity();
    await cluster.applyWorkload();
    cluster.wait(REPLICATION_MS - 1);
    expect(cluster.pull()).toEqual([expect.stringContaining("AADSTS7000215: ")]);
    cluster.wait(1);
    expect(cluster.pull()).toEqual([]);
  });
});
