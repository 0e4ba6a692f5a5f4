import { scheduleAt } from "../support/rotation";
import { describeWithTools } from "../support/tools";
import { planCodes } from "./plans";
import { DAY_MS, NOON, PRINCIPAL, PullingCluster, ROTATION, environmentPulling } from "./pulling-cluster";
import { commandsUnder, follow, type } from "./runbook";

/** Warnings of a plan of the workload stack, in one line each. */
async function warnings({ workloadStack }: PullingCluster): Promise<string[]> {
  const { stdout } = await workloadStack.terraform(["plan", "-json", "-input=false"]);
  return stdout
    .split("\n")
    .filter((line) => line.includes('"severity":"warning"'))
    .map((line) => {
      return (JSON.parse(line) as { diagnostic: { detail: string } }).diagnostic.detail;
    });
}

describeWithTools(["terraform"], "by the runbook's commands", () => {
  it("shortens the period", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const edited = environmentPulling({ servicePrincipal: { name: "pull", rotation: { periodDays: 7 } } });
    for (const command of commandsUnder("Shorten the period")) {
      await type(cluster.rehearsal, command, edited);
      cluster.pull();
    }
    expect([cluster.tried, cluster.refused]).toEqual([9, []]);
    expect(await planCodes(cluster)).toEqual([0, 0]);
    const { expires } = scheduleAt(NOON, { ...ROTATION, periodDays: 7 });
    expect(await cluster.identityStack.terraform(["output", "-raw", "expires"])).toMatchObject({ stdout: expires });
  });

  it("takes over after a long pause: pulls were refused with the cause, and are not afterwards", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    cluster.wait(1000 * DAY_MS);
    expect(cluster.pull()).toEqual([expect.stringMatching(/^ImagePullBackOff: .*AADSTS7000222: .* are expired/)]);
    const reasons = await follow(cluster, "Take over after a long pause");
    expect(reasons).toHaveLength(2);
    expect(cluster.pull()).toEqual([]);
  });
});

describeWithTools(["terraform"], "a plain apply with another period", () => {
  it("refuses new pods from the identity apply on until the workload apply", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    cluster.rehearsal.resynthesize(
      environmentPulling({ servicePrincipal: { name: "pull", rotation: { periodDays: 7 } } }),
    );
    expect(cluster.pull()).toEqual([]);
    await cluster.applyIdentity();
    const start = performance.now();
    cluster.wait();
    expect(cluster.pull()).toEqual([expect.stringContaining("AADSTS7000215")]);
    await cluster.applyWorkload();
    console.log(`window: 18 s of Entra ID and ${Math.round(performance.now() - start)} ms of the workload apply`);
    expect(cluster.pull()).toEqual([]);
  });
});

describeWithTools(["terraform"], "plans of the workload stack", () => {
  it("warn from a week before the deadline on, and not before", async () => {
    const cluster = await PullingCluster.deploy(PRINCIPAL, NOON);
    const { expires, applyBefore } = scheduleAt(NOON, ROTATION);
    const text =
      `The pull credential is due: apply the identity stack, then the workload stack, before ${applyBefore}. ` +
      `From ${expires} on the registry refuses it, and new pods end in ImagePullBackOff.`;
    expect(await warnings(cluster)).toEqual([]);
    cluster.moveTo(Date.parse(applyBefore) - 7 * DAY_MS - 1000);
    expect(await warnings(cluster)).toEqual([]);
    cluster.wait(1000);
    expect(await warnings(cluster)).toEqual([text]);
    cluster.moveTo(Date.parse(expires));
    expect(await warnings(cluster)).toEqual([text]);
    await cluster.applyIdentity();
    cluster.wait();
    await cluster.applyWorkload();
    expect(await warnings(cluster)).toEqual([]);
  });
});
