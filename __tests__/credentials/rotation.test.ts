import fc from "fast-check";
import { scheduleAt } from "../support/rotation";
import { describeWithTools } from "../support/tools";
import { PERIOD_MS, PRINCIPAL, PullingCluster, REPLICATION_MS, ROTATION, TOKEN } from "./pulling-cluster";
import { startOf } from "./simulation";

/** Deployments last until the last second of a generation: every wait meets as many changes as it can. */
const START = new Date(startOf(321, ROTATION) - 1000 - REPLICATION_MS);
const PERIODS = 36;
const LANES = 2;

/** One apply: the stack, and its time in milliseconds after the deployment. */
type Apply = readonly ["identity" | "workload", number];

/** Pairs of applies, the second a while after the first. */
function pairs(times: readonly number[], first: Apply[0], second: Apply[0], waits: readonly number[]): Apply[] {
  return times.flatMap((time, index): Apply[] => [
    [first, time],
    [second, time + (waits[index] ?? 0)],
  ]);
}

/** Times that end after so many periods. */
function steps(gap: number, periods = PERIODS): number[] {
  return Array.from({ length: Math.ceil((periods * PERIOD_MS) / gap) }, (_, index) => (index + 1) * gap);
}

/** Runs at random times as far apart as is allowed, workload up to a period after identity. */
function randomRuns(): Apply[] {
  const sample = (max: number) =>
    fc.sample(fc.integer({ min: REPLICATION_MS, max }), { seed: 4, numRuns: 2 * PERIODS });
  let time = 0;
  const times = sample(2 * PERIOD_MS)
    .map((gap) => (time += gap))
    .filter((_, index, all) => (all[index - 1] ?? 0) < PERIODS * PERIOD_MS);
  const waits = sample(PERIOD_MS).map((wait, index) =>
    Math.min(wait, (times[index + 1] ?? Infinity) - (times[index] ?? 0) - 1),
  );
  return pairs(times, "identity", "workload", waits);
}

const WAIT = Array.from({ length: PERIODS }, () => REPLICATION_MS);
const SCHEDULES: readonly { readonly name: string; readonly pull: object; readonly applies: readonly Apply[] }[] = [
  {
    name: "every period, identity then workload at once",
    pull: PRINCIPAL,
    applies: pairs(steps(PERIOD_MS), "identity", "workload", []),
  },
  {
    name: "every second period, identity then workload",
    pull: PRINCIPAL,
    applies: pairs(steps(2 * PERIOD_MS), "identity", "workload", WAIT),
  },
  {
    name: "every period and a half, workload then identity",
    pull: PRINCIPAL,
    applies: pairs(steps(1.5 * PERIOD_MS), "workload", "identity", []),
  },
  { name: "random times at most two periods apart", pull: PRINCIPAL, applies: randomRuns() },
  {
    name: "tokens of the registry, every period",
    pull: TOKEN,
    applies: pairs(steps(PERIOD_MS, 9), "identity", "workload", []),
  },
];

/** Follows a schedule, and starts pods before and after each apply and in the middle between two. */
async function follow({ pull, applies }: (typeof SCHEDULES)[number]) {
  const cluster = await PullingCluster.deploy(pull, START);
  const start = cluster.now;
  for (const [stack, after] of applies) {
    const time = start + after;
    cluster.moveTo((cluster.now + time) / 2);
    cluster.pull();
    cluster.moveTo(time);
    cluster.pull();
    await (stack === "identity" ? cluster.applyIdentity("-refresh=false") : cluster.applyWorkload("-refresh=false"));
    cluster.pull();
  }
  const generationAt = (time: number) => scheduleAt(new Date(time), ROTATION).generation;
  return { cluster, applies: applies.length, generations: generationAt(cluster.now) - generationAt(start) };
}

describeWithTools(["terraform"], "with Terraform, pods pull at every step", () => {
  let followed: Awaited<ReturnType<typeof follow>>[];

  beforeAll(async () => {
    const waiting = [...SCHEDULES.entries()];
    followed = [];
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) followed[next[0]] = await follow(next[1]);
      }),
    );
  }, 240_000);

  it.each(SCHEDULES.map(({ name }, index) => ({ name, index })))("$name", ({ name, index }) => {
    const { cluster, applies, generations } = followed[index] ?? { applies: 0, generations: 0 };
    console.log(
      `${name}: ${generations} periods, ${applies} applies, ${cluster?.tried} pulls tried, ${cluster?.refused.length} refused`,
    );
    expect(cluster?.refused).toEqual([]);
    expect(cluster?.tried).toBe(3 * applies);
    expect(generations).toBeGreaterThanOrEqual(name.startsWith("tokens") ? 9 : PERIODS);
  });

  it("with as many passwords in the end as there are slots", () => {
    const passwords = followed
      .slice(0, -1)
      .map(({ cluster: { rehearsal } }) =>
        [...rehearsal.clouds.entra.applications.values()].flatMap((application) => application.passwords.length),
      );
    expect(passwords).toEqual([[4], [4], [4], [4]]);
  });
});
