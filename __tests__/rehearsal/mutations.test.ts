import type { Clouds } from "../../rehearsal/clouds";
import type { StepFailure } from "../../rehearsal/rehearsed-stack";
import { describeWithTools } from "../support/tools";
import { first } from "./clouds/world";
import { identityMistakes } from "./mistakes/identity";
import { imagesMistakes } from "./mistakes/images";
import { roleOf, tryAll } from "./mistakes/mistake";
import { registryMistakes } from "./mistakes/registry";
import { workloadMistakes } from "./mistakes/workload";
import { rehearsalOf, waitingPods } from "./rehearsals";

const MISTAKES = [...registryMistakes, ...imagesMistakes, ...identityMistakes, ...workloadMistakes];
const AT_A_TIME = 3;

const aWhileLater = ({ clock }: Clouds) => {
  clock.advance(60_000);
};

describeWithTools(["terraform"], "a mistake", () => {
  let failures: (StepFailure | undefined)[];

  beforeAll(async () => {
    failures = await tryAll(MISTAKES, AT_A_TIME);
  }, 180_000);

  it.each(MISTAKES.map((mistake, index) => ({ ...mistake, index })))("$stack: $what", (mistake) => {
    const failure = failures[mistake.index];
    expect(failure?.message).toMatch(mistake.reason);
    expect([roleOf(failure?.stackName ?? ""), failure?.step]).toEqual([mistake.stack, mistake.step]);
    if (mistake.address) expect(failure?.address).toMatch(mistake.address);
  });

  it(`fails the rehearsal: ${MISTAKES.length} tried, ${MISTAKES.length} caught`, () => {
    expect(failures.filter((failure) => failure !== undefined)).toHaveLength(MISTAKES.length);
    expect(new Set(MISTAKES.map(({ stack, what }) => `${stack}: ${what}`)).size).toBe(MISTAKES.length);
  });

  it("is what fails it: its circumstances alone do not", async () => {
    const circumstances = [
      ...new Map(
        MISTAKES.map(({ environment, given }) => [String([environment, given]), { environment, given }]),
      ).values(),
    ];
    const harmless = await tryAll(
      circumstances.map((own) => ({
        what: "nothing",
        ...own,
        event: aWhileLater,
        stack: "workload",
        step: "apply",
        reason: /none/,
      })),
      AT_A_TIME,
    );
    expect(harmless).toEqual(circumstances.map(() => undefined));
  });
});

describeWithTools(["terraform"], "a rollout that never completes", () => {
  it("taints the Deployment, and the next apply replaces it", async () => {
    const rehearsal = rehearsalOf();
    const { arm } = rehearsal.clouds;
    const workload = rehearsal.stack("-workload-aksdemo2");
    for (const stack of rehearsal.stacks) if (stack !== workload) await rehearsal.deployStack(stack);
    const role = first(arm.roles.all());
    arm.roles.delete(role.id);
    await expect(rehearsal.deployStack(workload)).rejects.toThrow(/denied: .*it needs AcrPull/);
    arm.roles.assign(role);

    await workload.plan();
    const plan = await workload.terraform(["show", "-no-color", "rehearsal.tfplan"]);
    expect(plan.stdout).toContain("is tainted, so must be replaced");
    await rehearsal.deployStack(workload);
    expect(waitingPods(rehearsal)).toEqual([]);
  });
});
