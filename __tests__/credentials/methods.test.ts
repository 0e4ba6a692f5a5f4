import fs from "node:fs";
import path from "node:path";
import type { Rehearsal } from "../../rehearsal";
import { found, secretsOf } from "../rehearsal/hiding-places";
import { rehearsalOf, shipped } from "../rehearsal/rehearsals";
import { describeWithTools } from "../support/tools";
import { PERIOD_MS } from "./pulling-cluster";

/** Starts all pods anew. @returns Why pulls were refused */
function pull({ clouds }: Rehearsal): string[] {
  return clouds.clusters.flatMap((cluster) => cluster.restartPods()).flatMap(({ reason }) => reason ?? []);
}

describeWithTools(["terraform"], "all methods side by side", () => {
  const environment = shipped("examples/pull-methods.yaml");
  /** Which cluster each password is for, also those that were renewed since. */
  const owners = new Map<string, string>();
  let rehearsal: Rehearsal;
  let refused: string[];
  let renewed: Record<string, number>;

  const remember = () => {
    const before = owners.size;
    for (const [secret, name] of secretsOf(rehearsal)) {
      const key = /^methods-(\w+) slot/.exec(name)?.[1];
      if (key !== undefined) owners.set(secret, key);
    }
    return owners.size - before;
  };

  beforeAll(async () => {
    rehearsal = rehearsalOf({ environment });
    // Each stack with a second plan, which must be empty.
    await rehearsal.deploy();
    remember();
    rehearsal.clouds.clock.advance(PERIOD_MS);
    [refused, renewed] = [pull(rehearsal), {}];
    const order = ["-identity-", "-workload-"].flatMap((part) =>
      rehearsal.stacks.filter(({ name }) => name.includes(part)),
    );
    for (const stack of order) {
      await rehearsal.deployStack(stack);
      renewed[stack.name.replace("pull-methods-", "")] = remember();
      refused.push(...pull(rehearsal));
    }
  });

  it("rotate where there is a password, and pull at every step", () => {
    const workloads = Object.fromEntries(Object.keys(environment.clusters).map((key) => [`workload-${key}`, 0]));
    const identities = { "identity-principal": 1, "identity-vault": 1, "identity-token": 1, "identity-identity": 0 };
    expect(renewed).toEqual({ ...identities, ...workloads });
    expect(refused).toEqual([]);
  });

  it("keep each cluster's passwords out of every other cluster's states", () => {
    const states = fs.readdirSync(rehearsal.folder).filter((name) => name.includes(".tfstate"));
    const held = states.map((name) => {
      return [name, [...new Set(found(fs.readFileSync(path.join(rehearsal.folder, name)), owners))].join()] as const;
    });
    const current = held.filter(([name, keys]) => name.endsWith(".tfstate") && keys !== "");
    expect(Object.fromEntries(current)).toEqual({
      "terraform.pull-methods-identity-principal.tfstate": "principal",
      "terraform.pull-methods-identity-token.tfstate": "token",
      "terraform.pull-methods-identity-vault.tfstate": "vault",
      "terraform.pull-methods-workload-principal.tfstate": "principal",
      "terraform.pull-methods-workload-token.tfstate": "token",
    });
    for (const [name, keys] of held.filter(([, names]) => names !== "")) expect(name).toContain(`-${keys}.tfstate`);
  });

  it("leave nothing behind", async () => {
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});
