import type { Environment } from "../../config";
import { describeWithTools } from "../support/tools";
import { rehearsalOf, shipped } from "./rehearsals";

/** The demo, on nodes with a label that none has. */
function unschedulable(): Environment {
  const { workloads, ...rest } = shipped();
  const edited = Object.entries(workloads).map(
    ([key, workload]) => [key, { ...workload, nodeSelector: { disktype: "ssd" } }] as const,
  );
  return { ...rest, workloads: Object.fromEntries(edited) };
}

describeWithTools(["terraform"], "a rollout that has failed", () => {
  const rehearsal = rehearsalOf();
  const workload = () => rehearsal.stack("-workload-aksdemo2");

  it("was fine before", async () => {
    await rehearsal.deploy();
    const { code } = await workload().terraform(["plan", "-input=false", "-no-color", "-detailed-exitcode"]);
    expect(code).toBe(0);
  });

  it("fails the run in which it fails", async () => {
    rehearsal.resynthesize(unschedulable());
    await workload().init();
    await workload().plan();
    await expect(workload().apply()).rejects.toThrow(/kubernetes_deployment_v1/);
  });

  it.each([1, 2])("fails run %i after it as well, with the cluster's words", async () => {
    await expect(workload().plan()).rejects.toThrow(
      /Deployment acr-app2 does not run what was last released\. .*Progressing is False: ReplicaSet "acr-app2-\w+" has timed out progressing\./s,
    );
  });

  it("does not hinder a rotation: the secret gets the new password, and the run fails all the same", async () => {
    const [cluster] = rehearsal.clouds.clusters;
    const secret = () => cluster?.secrets.require("default", "acrdemo2ss-secret").data?.[".dockerconfigjson"];
    const before = secret();
    rehearsal.clouds.clock.advance(31 * 24 * 60 * 60 * 1000);
    await rehearsal.stack("-identity-aksdemo2").plan();
    await rehearsal.stack("-identity-aksdemo2").apply();
    await workload().plan();
    await expect(workload().apply()).rejects.toThrow(/does not run what was last released/);
    expect(secret()).not.toBe(before);
    expect(before).toBeDefined();
  });

  it("does not hinder a destroy", async () => {
    const { code } = await workload().terraform(["plan", "-destroy", "-input=false", "-no-color"]);
    expect(code).toBe(0);
  });

  it("is over with the edit that heals it", async () => {
    rehearsal.resynthesize(shipped());
    await workload().init();
    await workload().plan();
    await workload().apply();
    await workload().assertNoChanges();
  });
});
