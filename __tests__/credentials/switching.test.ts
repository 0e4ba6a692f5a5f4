import fs from "node:fs";
import type { Environment } from "../../config";
import { createOthers, type Rehearsal } from "../../rehearsal";
import { rehearsalOf } from "../rehearsal/rehearsals";
import { describeWithTools } from "../support/tools";
import { KEY_VAULT, PRINCIPAL, TOKEN, environmentPulling } from "./pulling-cluster";
import { commandsUnder, type } from "./runbook";

/** Starts all pods anew. @returns Why pulls were refused */
function pull({ clouds }: Rehearsal): string[] {
  return clouds.clusters.flatMap((cluster) => cluster.restartPods()).flatMap(({ reason }) => reason ?? []);
}

interface Switch {
  readonly name: string;
  readonly pull: object;
  /** What pods then name. */
  readonly secret: string;
  /** How many pulls are refused between the applies of identity and workload. */
  readonly there: number;
  /** And on the way back. */
  readonly back: number;
}

const FEDERATED = { federated: { name: "pull", controller: "externalSecrets" } };

const SWITCHES: readonly Switch[] = [
  {
    ...{ name: "keyVault", pull: { ...PRINCIPAL, keyVault: KEY_VAULT } },
    ...{ secret: "rotationregistry-secret-vault", there: 0, back: 0 },
  },
  {
    ...{ name: "registryToken", pull: TOKEN },
    ...{ secret: "rotationregistry-secret", there: 1, back: 1 },
  },
  {
    ...{ name: "federated", pull: FEDERATED, secret: "rotationregistry-secret-federated" },
    // The token that the controller has written outlives what it was made by.
    ...{ there: 1, back: 0 },
  },
  // The provider cannot take the name off the pods: the secret itself is gone.
  { name: "managedIdentity", pull: { managedIdentity: {} }, secret: "rotationregistry-secret", there: 0, back: 1 },
];

/** What there is, without ids, which are new each time. */
function inventory({ clouds }: Rehearsal): string[] {
  return clouds
    .leftovers()
    .map((id) => id.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"))
    .sort();
}

const environmentWith = (pull: object): Environment => environmentPulling(pull, { aks: true });

async function freshInventory(environment: Environment): Promise<string[]> {
  const fresh = rehearsalOf({ environment });
  await fresh.deploy();
  return inventory(fresh);
}

/** Names in the pods' `imagePullSecrets`. */
function secretsNamed({ clouds }: Rehearsal): string[] {
  return clouds.clusters.flatMap(({ deployments }) =>
    deployments
      .values()
      .flatMap(({ spec }) => spec.template.spec.imagePullSecrets ?? [])
      .map(({ name }) => name),
  );
}

/** Pods that run. */
function running({ clouds }: Rehearsal): number {
  return clouds.clusters.flatMap(({ pods }) => pods).filter(({ reason }) => reason === undefined).length;
}

/** Follows the runbook. @returns How many pulls were refused on the way */
async function switchTo(rehearsal: Rehearsal, environment: Environment): Promise<number> {
  let refused = 0;
  for (const command of commandsUnder("Move a cluster to another method")) {
    const before = running(rehearsal);
    await type(rehearsal, command, environment);
    // Running pods do not notice.
    expect(running(rehearsal)).toBeGreaterThanOrEqual(before);
    if (command.includes("-identity-aksdemo2 apply")) refused = pull(rehearsal).length;
  }
  expect(pull(rehearsal)).toEqual([]);
  for (const stack of rehearsal.stacks) await stack.assertNoChanges();
  return refused;
}

test("the workload stack comes after the identity stack, also where no value flows between them", () => {
  const { stacks } = rehearsalOf({ environment: environmentWith({ managedIdentity: {} }) });
  expect(stacks.find(({ name }) => name === "demo-workload-aksdemo2")?.dependencies).toContain(
    "demo-identity-aksdemo2",
  );
});

describeWithTools(["terraform"], "from the default to another method, by one word of the file", () => {
  it.each(SWITCHES)(
    "$name, and back",
    async ({ pull: method, secret, there, back }) => {
      const [before, after] = [environmentWith(PRINCIPAL), environmentWith(method)];
      const rehearsal = rehearsalOf({ environment: before });
      await rehearsal.deploy();
      const atFirst = inventory(rehearsal);

      expect(await switchTo(rehearsal, after)).toBe(there);
      expect(secretsNamed(rehearsal)).toEqual([secret]);
      expect(inventory(rehearsal)).toEqual(await freshInventory(after));
      expect(await switchTo(rehearsal, before)).toBe(back);
      expect(inventory(rehearsal)).toEqual(atFirst);
      expect(secretsNamed(rehearsal)).toEqual(["rotationregistry-secret"]);
      await rehearsal.destroy();
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    },
    60_000,
  );

  it("federated, with the passwords kept until the workload stack has been applied: nothing is refused", async () => {
    const kept = { federated: { ...FEDERATED.federated, formerly: {} } };
    const [before, between, after] = [PRINCIPAL, kept, FEDERATED].map(environmentWith);
    if (!before || !between || !after) throw new Error("no environment");
    const rehearsal = rehearsalOf({ environment: before });
    await rehearsal.deploy();
    const passwords = () =>
      [...rehearsal.clouds.entra.applications.values()].flatMap((one) => one.passwords.map(({ keyId }) => keyId));
    const atFirst = passwords();

    expect(await switchTo(rehearsal, between)).toBe(0);
    expect(passwords()).toEqual(atFirst);
    expect(secretsNamed(rehearsal)).toEqual(["rotationregistry-secret-federated"]);
    expect(await switchTo(rehearsal, after)).toBe(0);
    expect(passwords()).toEqual([]);
    expect(inventory(rehearsal)).toEqual(await freshInventory(after));
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  }, 60_000);

  it("existingSecret, and back: the identity stack leaves the file, and is destroyed from a copy of its folder", async () => {
    const [before, after] = [
      environmentWith(PRINCIPAL),
      environmentWith({ existingSecret: { name: "registry-credentials" } }),
    ];
    const rehearsal = rehearsalOf({ environment: before });
    await rehearsal.deploy();
    const { clouds, world } = rehearsal;
    const atFirst = clouds.leftovers();
    const [one] = world.clusters;
    if (!one) throw new Error("no cluster");
    createOthers(after, clouds, [{ ...one, config: after.clusters.aksdemo2 ?? one.config }])();
    const theirs = clouds.leftovers().filter((object) => !atFirst.includes(object));
    const ours = () => clouds.leftovers().filter((object) => !theirs.includes(object));

    const { directory } = rehearsal.stack("-identity-aksdemo2").stack;
    for (const command of commandsUnder("Move a cluster to an existing secret")) {
      await type(rehearsal, command, after);
      expect(pull(rehearsal)).toEqual([]);
    }
    expect(fs.existsSync(directory)).toBe(false);
    for (const stack of rehearsal.stacks) await stack.assertNoChanges();
    expect(ours().filter((object) => /applications|servicePrincipals|roleAssignments|secrets/.test(object))).toEqual(
      [],
    );

    expect(await switchTo(rehearsal, before)).toBe(0);
    expect(ours()).toHaveLength(atFirst.length);
    await rehearsal.destroy();
    expect(ours()).toEqual([]);
  });
});
