import fs from "node:fs";
import path from "node:path";
import type { StackResult, Work } from "./run-stacks";
import { StackFailure } from "./stack-run";

/**
 * Plans, and applies exactly what was planned.
 * @param options Of `terraform plan`: `-destroy`.
 */
export function applying(...options: readonly string[]): Work {
  return async (run) => {
    await run.prepare();
    if (!(await run.plan(...options))) return { outcome: "unchanged" };
    await run.apply();
    // What the plan has said: to ask for it once more starts all providers again.
    return { outcome: "changed", counts: /^Plan: (.*)\.$/m.exec(run.output)?.[1] ?? "outputs alone" };
  };
}

/**
 * Plans, and writes what each plan would change into a folder, without what is secret, to be published for a review.
 *
 * @param folder Gets `<stack>.txt` of each stack that is planned.
 * @param results Of the stacks before: where one that has changes is not applied yet, a stack that reads its state may have to wait.
 */
export function planning(folder: string, results: ReadonlyMap<string, StackResult["outcome"]>): Work {
  return async (run) => {
    const { name, dependencies } = run.stack;
    const publish = (text: string) => {
      fs.writeFileSync(path.join(folder, `${name}.txt`), text);
    };
    try {
      await run.prepare();
      // No lock: the plan is not applied, and who reviews needs no right to write states.
      const changes = await run.plan("-lock=false");
      publish(await run.text());
      return { outcome: changes ? "changed" : "unchanged", plan: await run.summary() };
    } catch (error) {
      const pending = dependencies.filter((other) => ["changed", "waiting"].includes(results.get(other) ?? ""));
      if (pending.length === 0) throw error;
      const reason = `can be planned when these are applied: ${pending.join(" ")}`;
      publish(`${name} ${reason}\n`);
      if (error instanceof StackFailure) run.say(`${name} ${reason}`);
      return { outcome: "waiting", reason };
    }
  };
}
