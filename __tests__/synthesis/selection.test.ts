import { readRunOrder } from "../../synthesis/run-order";
import { selectWaves } from "../../synthesis/selection";
import { SHIPPED, synthesizeFiles } from "../support/synthesized";

/** Kinds that `rotate` means. */
const ROTATED = ["identity", "workload"];

describe.each(SHIPPED)("%s, in what all share and in three parts", (file) => {
  const outdir = synthesizeFiles([file]);
  const { stacks = {} } = readRunOrder(outdir) ?? {};
  const inParts = (kinds?: readonly string[]) =>
    [{ shared: true }, ...[1, 2, 3].map((index) => ({ shard: { index, count: 3 } }))].flatMap((part) =>
      selectWaves(outdir, { ...part, ...(kinds && { kinds }) }).flat(),
    );

  it("is each stack once", () => {
    expect(inParts().toSorted()).toEqual(Object.keys(stacks).toSorted());
  });

  it("is each stack that rotates, tokens for those outside as well", () => {
    const rotated = Object.entries(stacks).flatMap(([name, { kind }]) => (ROTATED.includes(kind) ? [name] : []));
    expect(inParts(ROTATED).toSorted()).toEqual(rotated.toSorted());
  });
});
