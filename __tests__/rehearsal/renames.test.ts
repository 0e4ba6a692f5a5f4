import path from "node:path";
import type { Environment } from "../../config";
import type { Changes } from "../../synthesis/changes";
import { synthesizeAtOnce } from "../../synthesis/synthesize";
import { plannedChanges } from "../credentials/plans";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { rehearsalOf, shipped, waitingPods } from "./rehearsals";

describeWithTools(["terraform"], "a renamed workload", () => {
  const rehearsal = rehearsalOf();
  const renamed: Environment = { ...shipped(), workloads: Object.fromEntries(renamedEntries()) };

  function renamedEntries() {
    return Object.values(shipped().workloads).map((workload) => ["shop", workload] as const);
  }

  it("is destroyed and created by the next apply, exactly as synthesis has said before it", async () => {
    await rehearsal.deploy();
    const outputDirectory = path.join(rehearsal.folder, "cdktf.out");
    let stacks: Changes["destructive"] = [];
    synthesizeAtOnce(
      [renamed],
      { projectDirectory: PROJECT, outputDirectory, tokenTraces: false },
      ({ destructive }) => (stacks = destructive),
    );
    rehearsal.resynthesize(renamed);
    const workload = rehearsal.stack("-workload-aksdemo2");
    expect(stacks).toEqual([
      { stack: workload.name, gone: [anyString, anyString], added: [anyString, anyString], replaced: [], moved: [] },
    ]);

    await workload.init();
    const planned = (await plannedChanges(workload)).map((line) => line.split(": ").slice(0, 2).join(": "));
    const [{ gone, added } = { gone: [], added: [] }] = stacks;
    const expected = [...gone.map((address) => `${address}: delete`), ...added.map((address) => `${address}: create`)];
    expect(planned.toSorted()).toEqual(expected.toSorted());
  });

  it("runs under its new name afterwards", async () => {
    await rehearsal.deploy();
    expect(waitingPods(rehearsal)).toEqual([]);
    const names = rehearsal.clouds.clusters.flatMap(({ deployments }) =>
      deployments.values().map(({ metadata }) => metadata.name),
    );
    expect(names).toEqual(["shop"]);
  });
});

const anyString = expect.any(String) as string;
