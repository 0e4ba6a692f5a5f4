import fc from "fast-check";
import { MOST_SHARDS, parseShard, shardOf } from "../../config/shard";

const clusters = (count: number) => Array.from({ length: count }, (_, index) => `cluster-${index}`);

test("every cluster is in exactly one part, whoever else there is", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: MOST_SHARDS }), (cluster, count) => {
      const part = shardOf("fleet", cluster, count);
      expect(part).toBeGreaterThanOrEqual(1);
      expect(part).toBeLessThanOrEqual(count);
      expect(shardOf("fleet", cluster, count)).toBe(part);
    }),
  );
});

test("parts of a thousand clusters are about as large as each other", () => {
  const sizes = Array.from({ length: 8 }, () => 0);
  for (const cluster of clusters(1000)) {
    const part = shardOf("fleet", cluster, 8) - 1;
    sizes[part] = (sizes[part] ?? 0) + 1;
  }
  expect(Math.min(...sizes)).toBeGreaterThan(90);
  expect(Math.max(...sizes)).toBeLessThan(160);
});

test.each(["1/1", "2/8", "360/360"])("%s is a part", (text) => {
  const [index, count] = text.split("/").map(Number);
  expect(parseShard(text)).toEqual({ index, count });
});

test.each(["0/8", "9/8", "1/361", "1", "1/0", "-1/2", "1/2/3", "a/b", ""])("%j is none", (text) => {
  expect(() => parseShard(text)).toThrow(`It must be a part of at most 360, such as 2/8, got: "${text}"`);
});
