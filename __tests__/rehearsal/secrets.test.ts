import fs from "node:fs";
import { hasPassword } from "../../config/passwords";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import type { RehearsedStack } from "../../rehearsal/rehearsed-stack";
import { wavesOf } from "../../synthesis/waves";
import { scheduleAt } from "../support/rotation";
import { SHIPPED } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { found, holders, secretsOf } from "./hiding-places";
import { NOON, rehearsalOf, shipped } from "./rehearsals";
import type { Text } from "../../config/text";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than every period that we ship. */
const A_GENERATION_MS = 31 * DAY_MS;

describeWithTools(["terraform"], "secrets", () => {
  // The fleet delivers in no other way than the others do.
  describe.each(SHIPPED.filter((file) => file !== "examples/fleet.yaml"))("of %s", (file) => {
    const environment = shipped(file);
    const { name, registry, clusters } = environment;
    let rehearsal: Rehearsal;
    let held: Record<string, string[]>;
    const words: Record<string, string> = {};
    /** Clusters with passwords of their own, and those whose workload stack reads one from the identity stack. */
    const makers = Object.entries(clusters).flatMap(([key, { pull }]) =>
      hasPassword(pull) ? [[key, pull] as const] : [],
    );
    const readers = makers.flatMap(([key, { delivery }]) => (delivery.kind === "state" ? [key] : []));

    const talk = async (stack: RehearsedStack, round: number) => {
      const say = async (...args: string[]) => {
        const { stdout, stderr } = await stack.terraform(args);
        words[`${stack.name}: ${args.join(" ")} (${round})`] = `${stdout}${stderr}`;
      };
      await say("plan", "-no-color");
      await rehearsal.deployStack(stack);
      await say("show", "-no-color", "rehearsal.tfplan");
      await say("show", "-no-color");
      await say("output", "-no-color");
    };
    const deployTalking = async (round: number) => {
      for (const wave of wavesOf(rehearsal.stacks)) await Promise.all(wave.map((stack) => talk(stack, round)));
    };

    beforeAll(async () => {
      rehearsal = rehearsalOf({ environment });
      for (const stack of rehearsal.stacks) await stack.init();
      await deployTalking(0);
      held = holders(rehearsal);
      // Now old passwords and new ones, and the change from one to the other, could be told.
      rehearsal.clouds.clock.advance(A_GENERATION_MS);
      await deployTalking(1);
    }, 240_000);

    it("are generated: there is something to find", () => {
      expect(rehearsal.clouds.secrets().length).toBeGreaterThan(4);
    });

    it("are in nothing that Terraform says, but for `show` of a state that reads the password", () => {
      const secrets = secretsOf(rehearsal);
      const told = Object.entries(words).map(([command, text]) => [command, found(text, secrets)] as const);
      expect(told).toHaveLength(rehearsal.stacks.length * 8);
      // terraform_remote_state drops the sensitive mark, and this command prints what it reads. Plans do not.
      const shows = readers.flatMap((key) =>
        [0, 1].map((round) => `${name}-workload-${key}: show -no-color (${round})`),
      );
      expect(told.flatMap(([command, names]) => (names.length > 0 ? [command] : [])).sort()).toEqual(shows.sort());
    });

    it("are in no log but for that command's", () => {
      const blocks = fs.readFileSync(rehearsal.log, "utf8").split(/^(?=\$ terraform )/m);
      const quiet = blocks.filter((block) => !/^\$ terraform -chdir=\S+-workload-\S+ show -no-color\n/.test(block));
      expect(quiet.length).toBeGreaterThan(rehearsal.stacks.length * 12);
      expect(found(quiet.join(""), secretsOf(rehearsal))).toEqual([]);
    });

    it("are in the states that docs/states.md says, in the saved plans of their readers, and nowhere else", () => {
      const expected: Record<string, string[]> = {};
      if (registry.kind === "created" && registry.adminUser)
        expected[`terraform.${name}-registry.tfstate`] = [`${registry.name} admin`];
      for (const [key, pull] of makers) {
        const { name: identity, rotation } = pull;
        const slots = Array.from({ length: rotation.slots }, (_, slot) => `${nameOf(identity)} slot-${slot}`);
        expected[`terraform.${name}-identity-${key}.tfstate`] = slots;
        if (!readers.includes(key)) continue;
        const active = [`${nameOf(identity)} slot-${scheduleAt(NOON, rotation).activeSlot}`];
        expected[`terraform.${name}-workload-${key}.tfstate`] = active;
        // What an import reads is in its plan, and in no state after it.
        const old = "adopt" in pull && pull.adopt ? [`${nameOf(identity)} rbac`] : [];
        expected[`cdktf.out/stacks/${name}-workload-${key}/rehearsal.tfplan`] = [...old, ...active];
      }
      for (const [key, token] of Object.entries(registry.tokens ?? {})) {
        expected[`terraform.${name}-token-${key}.tfstate`] = Array.from(
          { length: token.rotation.slots },
          (_, slot) => `${token.name} slot-${slot}`,
        );
      }
      // What the log holds is in the test above.
      expect({ ...held, "terraform.log": [] }).toEqual({ ...expected, "terraform.log": [] });
    });

    it("are in a plan that renews them, as in the state that it starts from", () => {
      const plans = Object.keys(holders(rehearsal)).filter((place) => /-identity-.*\.tfplan$/.test(place));
      expect(plans).toEqual(makers.map(([key]) => `cdktf.out/stacks/${name}-identity-${key}/rehearsal.tfplan`).sort());
    });
  });
});

function nameOf(name: string | Text): string {
  return typeof name === "string" ? name : name.text;
}
