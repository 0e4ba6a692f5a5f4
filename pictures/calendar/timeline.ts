import { markup, type Markup } from "../markup";
import { rounded } from "../rounded";
import { svgSize } from "../svg-size";
import { textWidth } from "../text-width";
import { FONTS } from "../theme";
import { day } from "./dates";

/** How bars and lines look; all have words, dashes or hatching beside their colours. */
export const TIMELINE_CSS = `.timeline{font-family:${FONTS};font-size:12px;fill:var(--ink)}
.timeline .soft{fill:var(--soft)}
.timeline .grid{stroke:var(--line);stroke-width:1;opacity:.6}
.timeline .life{fill:var(--panel);stroke:var(--blue);stroke-width:1.5}
.timeline .used{fill:var(--blue)}
.timeline .spare{fill:none;stroke:var(--blue);stroke-width:1.5;stroke-dasharray:3 3}
.timeline .now{stroke:var(--ink);stroke-width:2;stroke-dasharray:6 3}
.timeline .deadline{stroke:var(--red);stroke-width:2}
.timeline .fine{fill:var(--green)}
.timeline .gap{fill:none;stroke:var(--orange);stroke-width:2;stroke-dasharray:6 4}
.timeline .ended{fill:var(--red)}
.timeline .on{fill:var(--paper);font-weight:700}
.timeline .deadline-words{fill:var(--red);font-weight:700}
.timeline .strong{font-weight:700}`;

/** Widths and heights in pixels. */
export const TIMELINE = { left: 84, width: 820, right: 28, row: 34, bar: 20, axis: 22 } as const;

/** From times to places. */
export class Scale {
  constructor(
    private readonly from: Date,
    private readonly to: Date,
  ) {}

  /** @returns Pixels from the left; of what is outside, the end that it is beyond. */
  at(time: Date): number {
    const share = (time.getTime() - this.from.getTime()) / (this.to.getTime() - this.from.getTime());
    return rounded(TIMELINE.left + Math.min(1, Math.max(0, share)) * TIMELINE.width);
  }

  shows(time: Date): boolean {
    return time >= this.from && time <= this.to;
  }
}

/** A horizontal bar from time to time. @returns Nothing where none of it is shown. */
export function bar(
  scale: Scale,
  kind: string,
  from: Date,
  to: Date,
  y: number,
  height: number,
  title?: string,
): Markup {
  const x = scale.at(from);
  const width = rounded(scale.at(to) - x);
  if (width <= 0) return markup``;
  const words = title === undefined ? undefined : markup`<title>${title}</title>`;
  return markup`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="3">${words}</rect>
`;
}

/** Words in the middle of a bar, where they fit. */
export function wordsIn(scale: Scale, from: Date, to: Date, y: number, words: string): Markup {
  const [start, end] = [scale.at(from), scale.at(to)];
  if (end - start < textWidth(words, 12) + 4) return markup``;
  return markup`<text class="on" x="${(start + end) / 2}" y="${y}" text-anchor="middle">${words}</text>
`;
}

/** A vertical line. */
export function line(scale: Scale, kind: string, time: Date, top: number, bottom: number): Markup {
  if (!scale.shows(time)) return markup``;
  return markup`<line class="${kind}" x1="${scale.at(time)}" x2="${scale.at(time)}" y1="${top}" y2="${bottom}"/>
`;
}

/** Words at a time, kept within the picture. */
export function wordsAt(scale: Scale, time: Date, y: number, words: string, kind = "soft"): Markup {
  if (!scale.shows(time)) return markup``;
  const half = textWidth(words, 12) / 2;
  const x = Math.min(Math.max(scale.at(time), half), TIMELINE.left + TIMELINE.width + TIMELINE.right - half);
  return markup`<text class="${kind}" x="${rounded(x)}" y="${y}" text-anchor="middle">${words}</text>
`;
}

/** Lines at these times, with dates under as many of them as have room. */
export function axis(scale: Scale, times: readonly Date[], top: number, bottom: number): Markup[] {
  let free = -Infinity;
  return times
    .filter((time) => scale.shows(time))
    .flatMap((time) => {
      const half = textWidth(day(time), 12) / 2;
      const hasRoom = scale.at(time) - half >= free;
      if (hasRoom) free = scale.at(time) + half + 8;
      return [
        line(scale, "grid", time, top, bottom),
        hasRoom ? wordsAt(scale, time, bottom + 16, day(time)) : markup``,
      ];
    });
}

/** The picture around bars and lines. @param height In pixels. */
export function timeline(label: string, height: number, style: Markup | undefined, content: readonly Markup[]): Markup {
  const width = TIMELINE.left + TIMELINE.width + TIMELINE.right;
  return markup`<svg class="timeline" ${svgSize(width, height)} role="img" aria-label="${label}">
<title>${label}</title>
${style}${content}</svg>
`;
}
