import { hasPassword } from "../../config/passwords";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import { StepFailure } from "../../rehearsal/rehearsed-stack";
import { TAG } from "../../rehearsal/hand-made";
import { tellStory } from "../../rehearsal/story";
import { scheduleAt } from "../support/rotation";
import { SHIPPED } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { first } from "./clouds/world";
import { rehearsalOf, shipped, waitingPods } from "./rehearsals";

const DAY_MS = 24 * 60 * 60 * 1000;

describeWithTools(["terraform"], "every file that we ship", () => {
  describe.each(SHIPPED)("%s", (file) => {
    const environment = shipped(file);
    let rehearsal: Rehearsal;

    beforeAll(async () => {
      rehearsal = rehearsalOf({ environment });
      // Each stack with a second plan, which must be empty.
      await rehearsal.deploy();
    });

    it("runs every pod that it asks for", () => {
      const wanted = Object.values(environment.workloads).flatMap(({ replicas, clusters }) =>
        // Nobody scales what is to be scaled by others.
        clusters.map(() => (replicas === "auto" ? 1 : replicas)),
      );
      const running = tellStory(environment, rehearsal.world).workloads.map((workload) => workload.running);
      expect([...running].sort()).toEqual(wanted.sort());
      expect(waitingPods(rehearsal)).toEqual([]);
    });

    it("pulls what cannot change, by digest or by the hash of its source, unless the file says so, each cluster as somebody of its own", () => {
      const { clusters } = rehearsal.clouds;
      const moving = Object.values(environment.images).flatMap(({ repository, origin }) =>
        origin.kind === "tagged" && !origin.pin ? [`/${repository}:${origin.tag}`] : [],
      );
      // What people started before anything was managed here.
      moving.push(`:${TAG}`);
      const pulls = clusters.flatMap((cluster) => cluster.pulls);
      expect(pulls.filter(({ ok }) => !ok)).toEqual([]);
      for (const { ok, image } of pulls.filter(({ image }) => !moving.some((name) => image.endsWith(name))))
        expect([ok, image]).toEqual([true, expect.stringMatching(/(@sha256:\w{64}|-[0-9a-f]{12})$/)]);
      const usernames = new Set(clusters.map(({ pulls }) => pulls[0]?.username));
      expect(usernames.size).toBe(clusters.length);
      expect(usernames).not.toContain("anonymous");
    });

    it("starts its pods again on new nodes", () => {
      for (const cluster of rehearsal.clouds.clusters) cluster.restartPods();
      expect(waitingPods(rehearsal)).toEqual([]);
    });

    it("warns of nothing", () => {
      expect(rehearsal.stacks.flatMap(({ warnings }) => warnings)).toEqual([]);
    });

    it("leaves nothing behind when it is destroyed", async () => {
      expect(rehearsal.clouds.isEmpty()).toBe(false);
      await rehearsal.destroy();
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    });
  });
});

describeWithTools(["terraform"], "deletion protection", () => {
  it("refuses a destroy until somebody lifts it", async () => {
    const rehearsal = rehearsalOf({ environment: shipped("examples/all-options.yaml") });
    const registry = rehearsal.stack("-registry");
    await rehearsal.deployStack(registry);

    const refusal = await registry.destroy().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StepFailure);
    expect((refusal as StepFailure).message).toMatch(
      /^all-options-registry: destroy: .*Instance cannot be destroyed\n.*lifecycle\.prevent_destroy set/s,
    );
    expect(rehearsal.clouds.arm.registries.values()).toHaveLength(1);

    await rehearsal.destroyStack(registry);
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});

describeWithTools(["terraform"], "the demo, as time goes by", () => {
  const now = new Date("2024-02-29T23:59:59Z");
  const rotation = first(
    Object.values(shipped().clusters).flatMap(({ pull }) => (hasPassword(pull) ? [pull.rotation] : [])),
  );
  const schedule = scheduleAt(now, rotation);
  let rehearsal: Rehearsal;

  const passwords = () =>
    [...rehearsal.clouds.entra.applications.values()].flatMap((application) => application.passwords);
  const pullAgain = () => {
    for (const cluster of rehearsal.clouds.clusters) cluster.restartPods();
    return waitingPods(rehearsal);
  };

  beforeAll(async () => {
    rehearsal = rehearsalOf({ now });
    await rehearsal.deploy();
  });

  it("has the dates of the time that it is told, not of the machine's clock", () => {
    const { expires, applyBefore, slotEnds } = schedule;
    expect(tellStory(shipped(), rehearsal.world).pulls).toEqual([expect.objectContaining({ expires, applyBefore })]);
    expect(
      passwords()
        .map(({ end }) => end.toISOString().replace(".000", ""))
        .sort(),
    ).toEqual([...slotEnds].sort());
  });

  it("stops to pull at the second at which its password ends", () => {
    rehearsal.clouds.clock.set(new Date(Date.parse(schedule.expires) - 1000));
    expect(pullAgain()).toEqual([]);
    rehearsal.clouds.clock.advance(1000);
    expect(pullAgain()).toEqual([
      expect.stringMatching(/^default\/acr-app2: ImagePullBackOff: .*AADSTS7000222: .* are expired/),
    ]);
    rehearsal.clouds.clock.set(now);
  });

  it("renews one password a period later, and pulls before and after the cluster hears of it", async () => {
    const before = new Set(passwords());
    rehearsal.clouds.clock.advance(rotation.periodDays * DAY_MS);
    await rehearsal.deployStack(rehearsal.stack("-identity-aksdemo2"));
    expect(passwords()).toHaveLength(rotation.slots);
    expect(passwords().filter((password) => before.has(password))).toHaveLength(rotation.slots - 1);
    expect(pullAgain()).toEqual([]);

    await rehearsal.deployStack(rehearsal.stack("-workload-aksdemo2"));
    expect(pullAgain()).toEqual([]);
  });
});
