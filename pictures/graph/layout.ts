import Elk, { type ElkExtendedEdge, type ElkNode, type LayoutOptions } from "elkjs/lib/elk.bundled.js";
import { textWidth } from "../text-width";
import { KIND_WORDS, withChildren, type Flow, type NodeKind, type Picture, type PictureNode } from "./picture";

/** Sizes of fonts and lines, in pixels. */
export const TEXT = {
  kind: { size: 11, height: 15 },
  title: { size: 14, height: 20 },
  line: { size: 12, height: 17 },
  label: { size: 11, height: 16 },
} as const;
/** Bold text is so much wider. */
const BOLD = 1.12;
/** Between a box's border and what is in it, in pixels. */
export const PADDING = 12;

/** A box with its place, from the picture's upper left corner, in pixels. */
export interface PlacedBox {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow with its way. */
export interface PlacedFlow {
  readonly flow: Flow;
  /** Corners, with both ends. */
  readonly points: readonly Point[];
  /** Middle of the label. @default - none */
  readonly label?: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Outer boxes before those in them. */
  readonly boxes: readonly PlacedBox[];
  readonly flows: readonly PlacedFlow[];
}

/** https://eclipse.dev/elk/reference/options.html. What decides the result is written down: no defaults of a later version. */
const OPTIONS: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.randomSeed": "1",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.spacing.nodeNodeBetweenLayers": "32",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.spacing.nodeNode": "18",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "10",
  "elk.spacing.edgeLabel": "3",
  "elk.padding": "[top=12,left=12,bottom=12,right=12]",
  "json.shapeCoords": "ROOT",
  "json.edgeCoords": "ROOT",
};

/** The registry is in the first column and clusters are in the last, also those that no arrow leads through all of. */
const COLUMN: Readonly<Partial<Record<NodeKind, LayoutOptions>>> = {
  registry: { "elk.layered.layering.layerConstraint": "FIRST" },
  cluster: { "elk.layered.layering.layerConstraint": "LAST" },
  clusters: { "elk.layered.layering.layerConstraint": "LAST" },
};

/** Lays a picture out: the same picture always in the same way. */
export async function layOut(picture: Picture): Promise<Layout> {
  const placed: ElkNode = await new Elk().layout({
    id: "picture",
    layoutOptions: OPTIONS,
    children: picture.nodes.map((node) => elkNode(node)),
    edges: [...picture.flows.map(elkEdge), ...guides(picture)],
  });
  const nodes = new Map(picture.nodes.flatMap(withChildren).map((node) => [node.id, node]));
  const boxes = (placed.children ?? []).flatMap((child) => boxesOf(child, nodes));
  return {
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    boxes,
    flows: (placed.edges ?? []).flatMap((edge, index) => placedFlow(edge, picture.flows[index])),
  };
}

/** @returns Height of what stands above the boxes in a box, in pixels. */
function headHeight({ lines }: PictureNode): number {
  return TEXT.kind.height + TEXT.title.height + lines.length * TEXT.line.height;
}

function headWidth({ kind, title, lines }: PictureNode): number {
  const widths = [
    textWidth(KIND_WORDS[kind].toUpperCase(), TEXT.kind.size),
    textWidth(title, TEXT.title.size) * BOLD,
    ...lines.map((line) => textWidth(line, TEXT.line.size)),
  ];
  return Math.ceil(Math.max(...widths)) + 2 * PADDING;
}

/** Arrows that nobody sees, to what no other arrow leads to: so it does not stand in the registry's column. */
function guides({ nodes, flows }: Picture): ElkExtendedEdge[] {
  const isReached = ({ id }: PictureNode) => flows.some(({ to }) => to === id);
  const from = nodes.find(({ kind }) => kind === "registry")?.id ?? "";
  return nodes
    .filter((node) => node.kind === "identity" && !isReached(node))
    .map(({ id }) => ({ id: `guide-${id}`, sources: [from], targets: [id] }));
}

/** @param least Width in pixels. */
function elkNode(node: PictureNode, least = 0): ElkNode {
  const { id, kind, children = [] } = node;
  const width = Math.max(headWidth(node), least);
  const height = headHeight(node) + 2 * PADDING;
  const layoutOptions = COLUMN[kind] ?? {};
  if (children.length === 0) return { id, width, height, layoutOptions };
  return {
    id,
    // Of one width, they stand in one line.
    children: children.map((child) => elkNode(child, Math.max(...children.map(headWidth)))),
    layoutOptions: {
      ...layoutOptions,
      "elk.padding": `[top=${height},left=${PADDING},bottom=${PADDING},right=${PADDING}]`,
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${width},${height})`,
    },
  };
}

function elkEdge({ from, to, label }: Flow, index: number): ElkExtendedEdge {
  const labels =
    label === undefined ? [] : [{ text: label, width: textWidth(label, TEXT.label.size), height: TEXT.label.height }];
  return { id: `flow-${index}`, sources: [from], targets: [to], labels };
}

function boxesOf(placed: ElkNode, nodes: ReadonlyMap<string, PictureNode>): PlacedBox[] {
  const node = nodes.get(placed.id);
  const { x = 0, y = 0, width = 0, height = 0, children = [] } = placed;
  return [...(node ? [{ node, x, y, width, height }] : []), ...children.flatMap((child) => boxesOf(child, nodes))];
}

function placedFlow({ sections = [], labels = [] }: ElkExtendedEdge, flow: Flow | undefined): PlacedFlow[] {
  if (!flow) return [];
  const points = straight(
    sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
  );
  const [label] = labels;
  if (!label) return [{ flow, points }];
  const { x = 0, y = 0, width = 0, height = 0 } = label;
  return [{ flow, points, label: { x: x + width / 2, y: y + height / 2 } }];
}

/** Across the borders of boxes, ELK is a few pixels off: every piece is made level or upright again. */
function straight(points: readonly Point[]): Point[] {
  const way: Point[] = [];
  for (const { x, y } of points.toReversed()) {
    const after = way.at(-1);
    if (!after) way.push({ x, y });
    else if (Math.abs(y - after.y) <= Math.abs(x - after.x)) way.push({ x, y: after.y });
    else way.push({ x: after.x, y });
  }
  return way.reverse();
}
