import { mergeApplied, type Ownership } from "../../../../rehearsal/clouds/kubernetes/server-side-apply";

const NONE: Ownership = new Map();
const ours = { name: "Terraform", force: false };
const theirs = { name: "kubectl", force: false };

test("fields that a manager no longer applies go, and those of nobody stay", () => {
  const first = mergeApplied({ spec: { other: 1 } }, NONE, { spec: { a: 1, b: { c: 2 } } }, ours, "v1");
  const second = mergeApplied(first.object, first.owners, { spec: { a: 3 } }, ours, "v1");
  expect(second.object).toEqual({ spec: { other: 1, a: 3 } });
});

test("a field that two have set stays until neither applies it", () => {
  const first = mergeApplied({}, NONE, { spec: { a: 1 } }, ours, "v1");
  const both = mergeApplied(first.object, first.owners, { spec: { a: 1 } }, theirs, "v1");
  const one = mergeApplied(both.object, both.owners, { spec: {} }, ours, "v1");
  expect(one.object).toEqual({ spec: { a: 1 } });
});

test("a field that another has set to another value is a conflict, unless it is forced", () => {
  const first = mergeApplied({}, NONE, { spec: { a: 1, b: 1, list: [1] } }, theirs, "acme.io/v1");
  const apply = (force: boolean) =>
    mergeApplied(first.object, first.owners, { spec: { a: 2, b: 1, list: [2] } }, { ...ours, force }, "acme.io/v1");
  expect(() => apply(false)).toThrow(
    'Apply failed with 2 conflicts: conflict with "kubectl" using acme.io/v1: .spec.a\n- conflict with "kubectl" using acme.io/v1: .spec.list',
  );
  const { object, owners } = apply(true);
  expect(object).toEqual({ spec: { a: 2, b: 1, list: [2] } });
  expect([...(owners.get("kubectl") ?? [])]).toEqual([".spec.b"]);
});
