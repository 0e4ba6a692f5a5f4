import path from "node:path";
import { found, holders, secretsOf } from "../rehearsal/hiding-places";
import { filesIn } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { KEY_VAULT, NOON, PERIOD_MS, PRINCIPAL, PullingCluster, TOKEN, environmentPulling } from "./pulling-cluster";

const ROTATIONS = 3;
const COMMANDS = [
  ...[
    ["plan", "-no-color", "-out=first.tfplan"],
    ["show", "-no-color", "first.tfplan"],
    ["show", "-json", "first.tfplan"],
  ],
  ...[
    ["apply", "-no-color", "first.tfplan"],
    ["plan", "-json", "-out=second.tfplan"],
    ["refresh", "-no-color"],
  ],
  ...[
    ["show", "-no-color"],
    ["show", "-json"],
    ["output", "-no-color"],
    ["output", "-json"],
    ["state", "pull"],
  ],
];

/** Deploys and rotates, and lets Terraform say all that it can say of the workload stack. */
async function rotateTalking(pull: object) {
  const cluster = await PullingCluster.deploy(pull, NOON);
  const { rehearsal, workloadStack } = cluster;
  const words: Record<string, string> = {};
  const places = new Set<string>();
  const held: Record<string, string[]> = {};
  for (let rotation = 0; rotation <= ROTATIONS; rotation++) {
    if (rotation > 0) cluster.wait(PERIOD_MS);
    await cluster.applyIdentity();
    cluster.pull();
    for (const args of COMMANDS) {
      const { code, stdout, stderr } = await workloadStack.terraform(args);
      if (code !== 0) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`);
      words[`${args.join(" ")} (${rotation})`] = `${stdout}${stderr}`;
    }
    cluster.pull();
    for (const [place, names] of Object.entries(holders(rehearsal))) held[place] = names;
    for (const place of filesIn(rehearsal.folder)) places.add(place);
  }
  const secrets = secretsOf(rehearsal);
  const tellers = Object.entries(words).flatMap(([command, text]) =>
    found(text, secrets).length > 0 ? [command] : [],
  );
  return { cluster, words, tellers, secrets, held, places: [...places] };
}

const ofWorkload = (places: readonly string[]) =>
  places.filter((place) => place.includes("-workload-") && !place.includes("/.terraform/"));

describeWithTools(["terraform"], "through a key vault", () => {
  describe.each([
    { name: "a principal's password", pull: { ...PRINCIPAL, keyVault: KEY_VAULT } },
    { name: "a token's password", pull: { ...TOKEN, keyVault: KEY_VAULT } },
  ])("$name", ({ pull }) => {
    let rotated: Awaited<ReturnType<typeof rotateTalking>>;

    beforeAll(async () => {
      rotated = await rotateTalking(pull);
    });

    it("lets pods pull before and after each rotation", () => {
      const { tried, refused } = rotated.cluster;
      expect([tried, refused]).toEqual([2 * (ROTATIONS + 1), []]);
    });

    it("is in no state and no plan of the workload stack", () => {
      const { held, places } = rotated;
      const searched = ofWorkload(places).filter((place) => /\.(tfplan|tfstate)(\.backup)?$/.test(place));
      expect(searched.map((place) => path.basename(place)).sort()).toEqual([
        ...["first.tfplan", "rehearsal.tfplan", "second.tfplan"],
        ...["terraform.demo-workload-aksdemo2.tfstate", "terraform.demo-workload-aksdemo2.tfstate.backup"],
      ]);
      expect(ofWorkload(Object.keys(held))).toEqual([]);
    });

    it("is in no log, and in nothing that Terraform says", () => {
      const { held, words, tellers, secrets } = rotated;
      expect(Object.keys(words)).toHaveLength(COMMANDS.length * (ROTATIONS + 1));
      expect(secrets.size).toBeGreaterThanOrEqual(4 + ROTATIONS);
      expect(tellers).toEqual([]);
      expect(Object.keys(held)).not.toContain("terraform.log");
    });

    it("is in the state of the identity stack, as docs/states.md says", () => {
      const states = Object.keys(rotated.held).filter((place) => place.endsWith(".tfstate"));
      expect(states).toEqual(["terraform.demo-identity-aksdemo2.tfstate"]);
    });

    it("leaves nothing behind", async () => {
      await rotated.cluster.rehearsal.destroy();
      expect(rotated.cluster.rehearsal.clouds.leftovers()).toEqual([]);
    });
  });
});

/** Changes that make new passwords for the same generation. */
const RENEWALS = [
  {
    name: "another number of slots",
    pull: { servicePrincipal: { name: "pull", rotation: { slots: 3 } } },
  },
  { name: "a token instead of a principal", pull: TOKEN },
];

describeWithTools(["terraform"], "a key vault delivers a password that is renewed", () => {
  it.each(RENEWALS)(
    "by $name, in the same generation",
    async ({ pull }) => {
      const cluster = await PullingCluster.deploy({ ...PRINCIPAL, keyVault: KEY_VAULT }, NOON);
      const { rehearsal } = cluster;
      rehearsal.resynthesize(environmentPulling({ ...pull, keyVault: KEY_VAULT }));
      for (const stack of rehearsal.stacks) {
        if (stack === cluster.workloadStack) cluster.wait();
        await rehearsal.deployStack(stack);
      }
      expect(cluster.pull()).toEqual([]);
    },
    30_000,
  );

  it("since the cluster's own was deleted by hand", async () => {
    const cluster = await PullingCluster.deploy({ ...PRINCIPAL, keyVault: KEY_VAULT }, NOON);
    for (const application of cluster.rehearsal.clouds.entra.applications.values()) application.passwords.splice(0);
    expect(cluster.pull()).toEqual([expect.stringContaining("AADSTS7000215")]);
    await cluster.applyIdentity();
    cluster.wait();
    await cluster.applyWorkload();
    expect(cluster.pull()).toEqual([]);
  });
});

describeWithTools(["terraform"], "without a key vault, the same search", () => {
  it("finds the password in the workload stack's states, plans and words", async () => {
    const { held, tellers, cluster } = await rotateTalking(PRINCIPAL);
    expect(ofWorkload(Object.keys(held)).map((place) => path.basename(place))).toEqual([
      ...["first.tfplan", "rehearsal.tfplan", "second.tfplan"],
      ...["terraform.demo-workload-aksdemo2.tfstate", "terraform.demo-workload-aksdemo2.tfstate.backup"],
    ]);
    expect(tellers).toContain("show -json (0)");
    expect(tellers).toContain("state pull (3)");
    expect(cluster.refused).toEqual([]);
  });
});
