import { load } from "../../support/environment";
import { PROJECT, SHIPPED } from "../../support/synthesized";
import { layOut, type PlacedBox } from "../../../pictures/graph/layout";
import { withChildren } from "../../../pictures/graph/picture";
import { pictureOf } from "../../../pictures/graph/picture-of";
import { graphSvg } from "../../../pictures/graph/svg";

const lies = (inner: PlacedBox, outer: PlacedBox) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (one: PlacedBox, other: PlacedBox) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe.each(SHIPPED)("%s", (file) => {
  const [environment] = load(PROJECT, [file]).environments;
  if (!environment) throw new Error(`${file} has no environment`);
  const picture = pictureOf(environment);

  it("has every box in its own, and over no other", async () => {
    const { boxes, width, height } = await layOut(picture);
    expect(boxes.map(({ node }) => node.id).sort()).toEqual(
      picture.nodes
        .flatMap(withChildren)
        .map(({ id }) => id)
        .sort(),
    );
    for (const box of boxes) {
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      const inner = new Set(withChildren(box.node).map(({ id }) => id));
      for (const other of boxes) {
        if (other === box || withChildren(other.node).some(({ id }) => id === box.node.id)) continue;
        const pair = `${box.node.id} ${other.node.id}`;
        expect([pair, inner.has(other.node.id) ? lies(other, box) : !overlap(box, other)]).toEqual([pair, true]);
      }
    }
  });

  it("has level and upright arrows only", async () => {
    for (const { points } of (await layOut(picture)).flows) {
      expect(points.length).toBeGreaterThan(1);
      points.slice(1).forEach(({ x, y }, index) => {
        expect(x === points[index]?.x || y === points[index]?.y).toBe(true);
      });
    }
  });

  it("is drawn with the same bytes again", async () => {
    expect((await graphSvg(picture)).text).toBe((await graphSvg(pictureOf(environment))).text);
  });
});
