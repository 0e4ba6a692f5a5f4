import { StepFailure } from "../../rehearsal/rehearsed-stack";
import { describeWithTools } from "../support/tools";
import { remove } from "./mistakes/edits";
import { rehearsalOf, shipped } from "./rehearsals";

const CONTAINER = "resource/kubernetes_deployment_v1/*/spec/template/spec/container/0";
const leftOut = remove(`${CONTAINER}/security_context/run_as_non_root`);

/** Deploys the stacks that a workload stack depends on, and then itself. */
async function deployWorkload(mutate?: (stack: string, json: string) => string): Promise<void> {
  const environment = shipped("examples/pull-methods.yaml");
  const rehearsal = rehearsalOf({ environment, ...(mutate && { mutate }) });
  const workload = rehearsal.stack("-workload-principal");
  for (const stack of rehearsal.stacks) {
    if (workload.dependencies.includes(stack.name)) await rehearsal.deployStack(stack);
  }
  await rehearsal.deployStack(workload);
}

describeWithTools(["terraform"], "a workload in a namespace that enforces `restricted`", () => {
  it("gets its pods", async () => {
    await expect(deployWorkload()).resolves.toBeUndefined();
  });

  it("gets none where its container leaves run_as_non_root out, as the provider then sends false", async () => {
    const failure: unknown = await deployWorkload((stack, json) =>
      stack.includes("-workload-") ? leftOut(json) : json,
    ).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StepFailure);
    const { step, reason } = failure as StepFailure;
    expect(step).toBe("apply");
    expect(reason).toMatch(/^Deployment exceeded its progress deadline\n/);
    expect(reason).toMatch(
      /FailedCreate: Error creating: pods "web-\w+-\w+" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true \(container "web" must not set securityContext\.runAsNonRoot=false\)/,
    );
  });
});
