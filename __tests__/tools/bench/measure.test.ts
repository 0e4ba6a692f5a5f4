import { inTurn, spreadOf } from "../../../tools/bench/measure";

test("candidates run in turn, every other round backwards", async () => {
  jest.spyOn(console, "error").mockReturnValue();
  const order: string[] = [];
  const candidates = ["a", "b"].map((name) => ({ name, run: () => Promise.resolve(order.push(name)) }));
  await expect(inTurn("title", candidates, 3)).resolves.toEqual([
    [1, 4, 5],
    [2, 3, 6],
  ]);
  expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
});

test("the median is the middle by size", () => {
  expect(spreadOf([10, 2, 9])).toEqual({ median: 9, min: 2, max: 10 });
});
