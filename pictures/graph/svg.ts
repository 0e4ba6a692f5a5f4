import { markup, trusted, type Markup } from "../markup";
import { rounded } from "../rounded";
import { svgSize } from "../svg-size";
import { textWidth } from "../text-width";
import { FONTS, themeCss } from "../theme";
import { layOut, PADDING, TEXT, type Layout, type PlacedBox, type PlacedFlow } from "./layout";
import { FLOW_WORDS, KIND_WORDS, type FlowKind, type Picture } from "./picture";

/** How boxes and arrows look, wherever a picture stands. Beside colours, kinds differ in form, dashes and words. */
export const GRAPH_CSS = `.graph{font-family:${FONTS};fill:var(--ink)}
.graph .box{fill:var(--paper);stroke:var(--line);stroke-width:1.5}
.graph .box.registry,.graph .box.cluster,.graph .box.clusters{fill:var(--panel)}
.graph .box.registry,.graph .box.image,.graph .box.cache{stroke:var(--blue)}
.graph .box.cache{stroke-dasharray:2 3}
.graph .box.identity,.graph .box.outside{stroke:var(--orange)}
.graph .box.cluster,.graph .box.clusters{stroke:var(--green)}
.graph .box.namespace{stroke:var(--green);stroke-dasharray:5 3}
.graph .box.workload,.graph .box.manifests{stroke:var(--purple)}
.graph .kind{font-size:${TEXT.kind.size}px;fill:var(--soft);letter-spacing:.02em}
.graph .title{font-size:${TEXT.title.size}px;font-weight:700}
.graph .line{font-size:${TEXT.line.size}px}
.graph .flow{fill:none;stroke-width:2}
.graph .flow.image{stroke:var(--blue)}
.graph .flow.credential{stroke:var(--orange);stroke-dasharray:8 4}
.graph .flow.role{stroke:var(--soft);stroke-dasharray:2 4;stroke-linecap:round}
.graph .tip.image{fill:var(--blue)}
.graph .tip.credential{fill:var(--orange)}
.graph .tip.role{fill:var(--soft)}
.graph .label{font-size:${TEXT.label.size}px;text-anchor:middle;stroke:var(--paper);stroke-width:4px;paint-order:stroke;stroke-linejoin:round}`;

/** Corners, in pixels: forms tell kinds apart as colours do. */
const ROUNDING: Readonly<Record<string, number>> = {
  identity: 22,
  outside: 22,
  workload: 9,
  cluster: 4,
  clusters: 4,
  namespace: 4,
};
/** Length of an arrow's tip. */
const TIP = 8;
const LEGEND = { height: 22, sample: 44, gap: 24 } as const;

export interface SvgOptions {
  /** Whether it is a file of its own, with its colours and its ground. @default true */
  readonly standalone?: boolean;
}

/** The picture as SVG, light or dark as the reader's system is. Equal pictures give equal bytes. */
export async function graphSvg(picture: Picture, { standalone = true }: SvgOptions = {}): Promise<Markup> {
  const layout = await layOut(picture);
  const kinds = (Object.keys(FLOW_WORDS) as FlowKind[]).filter((kind) =>
    picture.flows.some((flow) => flow.kind === kind),
  );
  const legend = drawLegend(kinds, layout.height);
  const width = Math.max(layout.width, legend.width);
  const height = layout.height + legend.height;
  const title = `${picture.name}: what is connected to what`;
  return markup`<svg class="graph" ${svgSize(width, height)} role="img" aria-label="${title}: ${picture.summary}">
<title>${title}</title>
${standalone ? markup`<style>${trusted(`${themeCss(".graph")}\n${GRAPH_CSS}`)}</style>\n<rect width="${width}" height="${height}" fill="var(--paper)"/>\n` : undefined}${drawLayout(layout)}${legend.drawn}</svg>
`;
}

/** Arrows over the outer boxes, and under the inner ones and all words. */
function drawLayout({ boxes, flows }: Layout): readonly Markup[] {
  const isOuter = ({ node }: PlacedBox) => (node.children ?? []).length > 0;
  return [
    ...boxes.filter(isOuter).map(drawBox),
    ...flows.map(drawFlow),
    ...boxes.filter((one) => !isOuter(one)).map(drawBox),
    ...flows.map(drawLabel),
  ];
}

function drawBox({ node, x, y, width, height }: PlacedBox): Markup {
  const { kind, title, lines } = node;
  const left = rounded(x + PADDING);
  let baseline = y + PADDING + TEXT.kind.size;
  const words = markup`<text class="kind" x="${left}" y="${rounded(baseline)}">${KIND_WORDS[kind].toUpperCase()}</text>`;
  baseline += TEXT.title.height;
  const heading = markup`<text class="title" x="${left}" y="${rounded(baseline)}">${title}</text>`;
  const rest = lines.map((line) => {
    baseline += TEXT.line.height;
    return markup`<text class="line" x="${left}" y="${rounded(baseline)}">${line}</text>`;
  });
  return markup`<g>${outline(kind, rounded(x), rounded(y), rounded(width), rounded(height))}${words}${heading}${rest}</g>
`;
}

/** Sheets of manifests have a folded corner; other kinds are more or less round. */
function outline(kind: string, x: number, y: number, width: number, height: number): Markup {
  if (kind === "manifests") {
    const fold = 12;
    const right = x + width;
    return markup`<path class="box ${kind}" d="M${x} ${y}H${right - fold}L${right} ${y + fold}V${y + height}H${x}ZM${right - fold} ${y}V${y + fold}H${right}"/>`;
  }
  return markup`<rect class="box ${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${ROUNDING[kind] ?? 0}"/>`;
}

function drawFlow({ flow, points }: PlacedFlow): Markup {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return markup``;
  const [dx, dy] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)];
  const tail = { x: end.x - dx * TIP, y: end.y - dy * TIP };
  const way = [...points.slice(0, -1), tail].map(
    ({ x, y }, index) => `${index === 0 ? "M" : "L"}${rounded(x)} ${rounded(y)}`,
  );
  const half = TIP / 2;
  const corners = [
    [end.x, end.y],
    [tail.x - dy * half, tail.y + dx * half],
    [tail.x + dy * half, tail.y - dx * half],
  ].map(([x = 0, y = 0]) => `${rounded(x)},${rounded(y)}`);
  return markup`<path class="flow ${flow.kind}" d="${way.join("")}"/><polygon class="tip ${flow.kind}" points="${corners.join(" ")}"/>
`;
}

function drawLabel({ flow, label }: PlacedFlow): Markup {
  if (!label || flow.label === undefined) return markup``;
  return markup`<text class="label" x="${rounded(label.x)}" y="${rounded(label.y + TEXT.label.size / 3)}">${flow.label}</text>
`;
}

function drawLegend(
  kinds: readonly FlowKind[],
  top: number,
): { drawn: readonly Markup[]; width: number; height: number } {
  if (kinds.length === 0) return { drawn: [], width: 0, height: 0 };
  let x = PADDING;
  const middle = top + LEGEND.height / 2 - 6;
  const drawn = kinds.map((kind) => {
    const end = { x: x + LEGEND.sample, y: middle };
    const sample = drawFlow({ flow: { from: "", to: "", kind }, points: [{ x, y: middle }, end] });
    const words = markup`<text class="line" x="${end.x + 8}" y="${middle + 4}">${FLOW_WORDS[kind]}</text>
`;
    x = end.x + 8 + textWidth(FLOW_WORDS[kind], TEXT.line.size) + LEGEND.gap;
    return markup`${sample}${words}`;
  });
  return { drawn, width: x, height: LEGEND.height };
}
