import type { RunRecord, StepRecord } from "../../rehearsal";
import { markup, type Markup } from "../markup";
import { rounded } from "../rounded";
import { svgSize } from "../svg-size";
import { oneLine } from "../one-line";
import { textWidth } from "../text-width";
import { FONTS } from "../theme";

export const WATERFALL_CSS = `.waterfall{font-family:${FONTS};font-size:12px;fill:var(--ink)}
.waterfall .soft{fill:var(--soft)}
.waterfall .grid{stroke:var(--line);stroke-width:1;opacity:.6}
.waterfall rect{stroke:var(--paper);stroke-width:1}
.waterfall .init{fill:var(--soft)}
.waterfall .plan{fill:var(--orange)}
.waterfall .apply{fill:var(--blue)}
.waterfall .second-plan{fill:var(--green)}
.waterfall .destroy{fill:var(--purple)}
.waterfall .failed{fill:var(--red)}
.waterfall .on{fill:var(--paper);font-size:11px;font-weight:700}`;

const ROW = 24;
const BAR = 14;
const WIDTH = 720;
const RIGHT = 60;
const TOP = 24;
const LONGEST_NAME = 40;
const TICKS = 6;
/** Lengths between ticks, in seconds: the first that needs no more than TICKS. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];

/** What Terraform did in which stack, and when, from the first step on. @returns Nothing where no step was measured. */
export function waterfall({ environment, steps }: RunRecord): Markup | undefined {
  const begin = Math.min(...steps.map(({ start }) => start));
  const total = Math.max(...steps.map(({ start, seconds }) => start + seconds)) - begin;
  if (steps.length === 0 || total <= 0) return undefined;
  const stacks = [...new Set(steps.map(({ stack }) => stack))];
  const left = Math.max(...stacks.map((name) => textWidth(oneLine(name, LONGEST_NAME), 12))) + 12;
  const at = (seconds: number) => rounded(left + (seconds / total) * WIDTH);
  const bottom = TOP + stacks.length * ROW;
  const step = STEPS.find((length) => total / length <= TICKS) ?? total;
  const ticks = Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step);
  const width = left + WIDTH + RIGHT;
  const height = bottom + 30;
  const label = `${environment.name}: what Terraform did when`;
  return markup`<svg class="waterfall" ${svgSize(width, height)} role="img" aria-label="${label}">
<title>${label}</title>
${ticks.map(
  (
    tick,
  ) => markup`<line class="grid" x1="${at(tick)}" x2="${at(tick)}" y1="${TOP - 6}" y2="${bottom}"/><text class="soft" x="${at(tick)}" y="${TOP - 10}" text-anchor="middle">${seconds(tick)}</text>
`,
)}${stacks.map(
    (stack, row) => markup`<text x="0" y="${TOP + row * ROW + 12}">${oneLine(stack, LONGEST_NAME)}</text>
${steps.filter((one) => one.stack === stack).map((one) => drawStep(one, at(one.start - begin), at(one.start - begin + one.seconds), TOP + row * ROW + 1))}`,
  )}${drawLegend(steps, bottom + 12, left)}</svg>
`;
}

function drawStep({ step, seconds: duration, failed }: StepRecord, from: number, to: number, y: number): Markup {
  const words = wordsOf({ step, failed });
  const width = Math.max(1, rounded(to - from));
  return markup`<rect class="${classOf(words)}" x="${from}" y="${y}" width="${width}" height="${BAR}"><title>${step}${failed ? ", which failed" : ""}: ${seconds(duration)}</title></rect>${width < textWidth(words, 11) + 4 ? undefined : markup`<text class="on" x="${(from + to) / 2}" y="${y + 11}" text-anchor="middle">${words}</text>`}
`;
}

/** The kinds of steps that there were, in their order. */
function drawLegend(steps: readonly StepRecord[], y: number, left: number): Markup[] {
  let x = left;
  return [...new Set(steps.map(wordsOf))].map((words) => {
    const sample = markup`<rect class="${classOf(words)}" x="${x}" y="${y}" width="14" height="12"/><text x="${x + 20}" y="${y + 10}">${words}</text>
`;
    x += 20 + textWidth(words, 12) + 16;
    return sample;
  });
}

function wordsOf({ step, failed }: Pick<StepRecord, "step" | "failed">): string {
  return failed ? "failed" : step;
}

function classOf(words: string): string {
  return words.replace(" ", "-");
}

function seconds(value: number): string {
  return `${Number(value.toFixed(2))} s`;
}
