import { readStacks, wavesOf } from "../../rehearsal/synthesized-stack";
import { synthesizeFiles } from "../support/synthesized";

const stack = (name: string, ...dependencies: string[]) => ({ name, dependencies });

it("groups stacks into waves, each of which needs earlier ones only", () => {
  const [registry, images] = [stack("registry"), stack("images", "registry")];
  const [identity, workload] = [stack("identity", "registry"), stack("workload", "identity", "images", "registry")];
  expect(wavesOf([workload, identity, registry, images])).toEqual([[registry], [identity, images], [workload]]);
});

it("makes no wave of no stacks", () => {
  expect(wavesOf([])).toEqual([]);
});

it("refuses stacks that depend on each other, by their names", () => {
  expect(() => wavesOf([stack("first"), stack("one", "other", "first"), stack("other", "one")])).toThrow(
    new Error("stacks depend on each other: one, other"),
  );
});

it("reads an output folder, each stack after those that it depends on", () => {
  const stacks = readStacks(synthesizeFiles(["environments/demo.yaml"]));
  expect(stacks.map(({ name }) => name)).toEqual([
    ...["demo-registry", "demo-identity-aksdemo2", "demo-images", "demo-workload-aksdemo2"],
  ]);
  expect(stacks[3]?.dependencies).toEqual(
    expect.arrayContaining(["demo-identity-aksdemo2", "demo-images", "demo-registry"]),
  );
  expect(Object.keys(stacks[0]?.json.resource ?? {})).toContain("azurerm_container_registry");
});
