import { wavesOf } from "../../synthesis/waves";

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
