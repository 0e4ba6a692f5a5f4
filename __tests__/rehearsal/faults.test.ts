import type { Operation } from "../../rehearsal/plugin";
import {
  FAULT_KINDS,
  Faults,
  describeFault,
  parseFault,
  type FaultKind,
  type FaultRequest,
} from "../../rehearsal/faults";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import type { RehearsedStack } from "../../rehearsal/rehearsed-stack";
import { describeWithTools } from "../support/tools";
import { NOON, rehearsalOf, waitingPods } from "./rehearsals";

const LANES = 2;

/** One fault in one deployment and destroy of one stack; the stacks that it depends on stay. */
interface Run {
  readonly stack: string;
  readonly fault: FaultRequest;
}

describeWithTools(["terraform"], "a fault at every operation of the demo, one at a time", () => {
  let operations: Record<string, readonly Operation[]>;
  let census: Record<string, readonly string[]>;
  let runs: Run[];
  let struck: Operation[];
  let problems: string[];
  let converged: number;

  beforeAll(async () => {
    ({ operations, census } = await record());
    runs = Object.entries(operations)
      .flatMap(([stack, seen]) => seen.map((_, skip) => ({ stack, skip })))
      .map(({ stack, skip }, index) => ({ stack, fault: { kind: kindAt(index), skip } }));
    for (const operation of ["create", "read", "delete"] as const) {
      const ofRegistry = { type: "azurerm_container_registry", operation };
      runs.push(...FAULT_KINDS.map((kind) => ({ stack: "demo-registry", fault: { kind, ...ofRegistry } })));
    }
    const lanes = Array.from({ length: LANES }, (_, lane) => runs.filter((_run, index) => index % LANES === lane));
    const outcomes = await Promise.all(lanes.map((lane) => runLane(lane, census)));
    struck = outcomes.flatMap((outcome) => outcome.struck);
    problems = outcomes.flatMap((outcome) => outcome.problems);
    converged = outcomes.reduce((sum, outcome) => sum + outcome.converged, 0);
  }, 240_000);

  it("strikes operations of all stacks and kinds", () => {
    expect(Object.values(operations).flat().length).toBeGreaterThan(50);
    expect([...new Set(Object.values(operations).flatMap((seen) => seen.map(({ kind }) => kind)))].sort()).toEqual([
      ...["create", "delete", "read", "read-data"],
    ]);
  });

  it("strikes once a run", () => {
    expect(struck).toHaveLength(runs.length);
  });

  it("converges by running again, each time: all pods run, nothing is doubled, nothing is left", () => {
    expect(problems).toEqual([]);
    expect({ runs: runs.length, converged }).toEqual({ runs: runs.length, converged: runs.length });
  });
});

describeWithTools(["terraform"], "a fault that lasts", () => {
  it.each(FAULT_KINDS)(
    "%s: three times, and the fourth run converges",
    async (kind) => {
      const rehearsal = rehearsalOf({ faults: [{ kind, operation: "create", times: 3 }] });
      const registry = rehearsal.stack("-registry");
      await rehearsal.deployStack(registry);
      await rehearsal.destroyStack(registry);
      expect(rehearsal.faults.struck.map(({ kind: operation }) => operation)).toEqual(["create", "create", "create"]);
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    },
    30_000,
  );
});

describeWithTools(["terraform"], "a machine that goes away", () => {
  it.each([["init"], ["plan", "-input=false"]])(
    "during %s costs nothing",
    async (...args) => {
      const rehearsal = rehearsalOf();
      const registry = rehearsal.stack("-registry");
      if (args[0] !== "init") await registry.init();
      const killer = setInterval(() => {
        registry.kill();
      }, 30);
      const { stderr } = await registry.terraform(args);
      clearInterval(killer);
      expect(stderr).toContain("ended by SIGKILL");

      await rehearsal.deployStack(registry);
      await rehearsal.destroyStack(registry);
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    },
    30_000,
  );

  it("between stacks costs nothing", async () => {
    const rehearsal = rehearsalOf();
    for (const stack of rehearsal.stacks) {
      await rehearsal.deployStack(stack);
      for (const other of rehearsal.stacks) other.close();
    }
    expect(waitingPods(rehearsal)).toEqual([]);
    await rehearsal.destroy();
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});

describe("the choice of operations", () => {
  const operation = (type: string, kind: Operation["kind"]): Operation => ({ provider: "azurerm", type, kind });
  const target = { kill: () => undefined, close: () => undefined };
  const strikes = async (faults: Faults, struck: Operation) =>
    faults.strike(struck, target).then(
      () => "passes",
      (error: unknown) => (error as Error).message,
    );

  it("goes by type and operation, passes over the first ones, and ends", async () => {
    const faults = new Faults([{ kind: "timeout", type: "group", operation: "create", skip: 1, times: 2 }]);
    const outcomes = [];
    for (const next of [
      ...[operation("registry", "create"), operation("group", "read"), operation("group", "create")],
      ...[operation("group", "create"), operation("group", "create"), operation("group", "create")],
    ])
      outcomes.push(await strikes(faults, next));
    const timeout = "context deadline exceeded";
    expect(outcomes).toEqual(["passes", "passes", "passes", timeout, timeout, "passes"]);
    expect(faults.seen).toHaveLength(6);
    expect(faults.struck).toHaveLength(2);
  });

  it("knows which requests have struck nothing", async () => {
    const faults = new Faults([{ kind: "timeout", type: "group" }, { kind: "500", type: "nothing" }, { kind: "away" }]);
    await strikes(faults, operation("group", "read"));
    expect(faults.idle).toEqual([{ kind: "500", type: "nothing" }]);
  });

  it("fails a lost one when it has had its effect", async () => {
    const faults = new Faults([{ kind: "lost" }]);
    const after = await faults.strike(operation("group", "create"), target);
    expect(after).toThrow("the answer to the request got lost");
    expect(await faults.strike(operation("group", "create"), target)).toBeUndefined();
  });

  it("uses the words of the providers", async () => {
    const words = (kind: FaultKind) => strikes(new Faults([{ kind }]), operation("group", "read"));
    expect(await words("429")).toMatch(/^unexpected status 429 \(429 Too Many Requests\) with error: TooManyRequests/);
    expect(await words("500")).toMatch(/^unexpected status 500 \(500 Internal Server Error\)/);
  });
});

describe("--fault", () => {
  it.each<[string, FaultRequest]>([
    ["429", { kind: "429" }],
    ["kill:azurerm_role_assignment", { kind: "kill", type: "azurerm_role_assignment" }],
    ["cut:kubernetes_secret_v1:read-data", { kind: "cut", type: "kubernetes_secret_v1", operation: "read-data" }],
    ["lost:docker_image:create", { kind: "lost", type: "docker_image", operation: "create" }],
    ["500:docker_image:create:2", { kind: "500", type: "docker_image", operation: "create", times: 2 }],
  ])("reads %s", (text, request) => {
    expect(parseFault(text)).toEqual(request);
    expect(describeFault(request)).toBe(text);
  });

  it.each([
    "",
    "404",
    "429:",
    "429:azurerm_role_assignment:make",
    "429:azurerm_role_assignment:create:few",
    "429:a:create:1:2",
  ])('refuses "%s"', (text) => {
    expect(() => parseFault(text)).toThrow(
      new Error(
        `--fault must be <429|500|timeout|cut|kill|lost>[:<resource type>[:<create|read|update|delete|read-data|open>[:<times>]]] or away, got: "${text}"`,
      ),
    );
  });
});

/** Deploys and destroys without a fault: what is done, and what then is there. */
async function record() {
  const rehearsal = rehearsalOf();
  const operations: Record<string, Operation[]> = {};
  const census: Record<string, string[]> = {};
  const noting = async (stack: RehearsedStack, work: Promise<void>) => {
    const before = rehearsal.faults.seen.length;
    await work;
    (operations[stack.name] ??= []).push(...rehearsal.faults.seen.slice(before));
  };
  for (const stack of rehearsal.stacks) {
    await noting(stack, rehearsal.deployStack(stack));
    census[stack.name] = inventory(rehearsal);
  }
  for (const stack of [...rehearsal.stacks].reverse()) await noting(stack, rehearsal.destroyStack(stack));
  expect(inventory(rehearsal)).toEqual([]);
  return { operations, census };
}

async function runLane(runs: readonly Run[], census: Readonly<Record<string, readonly string[]>>) {
  const rehearsal = rehearsalOf({ now: NOON });
  const problems: string[] = [];
  let converged = 0;
  let before: readonly string[] = [];
  for (const stack of rehearsal.stacks) {
    for (const run of runs.filter((own) => own.stack === stack.name)) {
      rehearsal.faults.add(run.fault);
      const note = (problem: string) => problems.push(`${JSON.stringify(run)}: ${problem}`);
      try {
        await rehearsal.deployStack(stack);
        if (!same(inventory(rehearsal), census[stack.name])) note(`there is ${inventory(rehearsal).join()}`);
        waitingPods(rehearsal).forEach(note);
        await rehearsal.destroyStack(stack);
        if (!same(inventory(rehearsal), before)) note(`there is still ${inventory(rehearsal).join()}`);
        converged++;
      } catch (error) {
        note(String(error));
        return { problems, converged, struck: rehearsal.faults.struck };
      }
    }
    await rehearsal.deployStack(stack);
    before = inventory(rehearsal);
  }
  return { problems, converged, struck: rehearsal.faults.struck };
}

/** Everything that was made, without the ids, which are new each time. */
function inventory({ clouds }: Rehearsal): string[] {
  const passwords = [...clouds.entra.applications.values()].flatMap((application) => application.passwords);
  return [
    ...clouds.leftovers().map((id) => id.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")),
    ...passwords.map(({ displayName }) => `password ${displayName}`),
    ...clouds.clusters.flatMap(({ pods }) => pods.map(({ deployment }) => `pod of ${deployment}`)),
  ].sort();
}

function same(one: readonly string[], other: readonly string[] = []): boolean {
  return one.join("\n") === other.join("\n");
}

function kindAt(index: number): FaultKind {
  return FAULT_KINDS[index % FAULT_KINDS.length] ?? "500";
}
