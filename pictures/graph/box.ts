import { oneLine } from "../one-line";
import type { Flow, PictureNode } from "./picture";

/** Characters of a line in a box. */
export const LONGEST = 38;

/** A part of a picture. */
export interface Part {
  readonly nodes: readonly PictureNode[];
  readonly flows: readonly Flow[];
}

/** A node whose texts, which others may have written, are single lines of a bearable length. */
export function box(node: PictureNode): PictureNode {
  return {
    ...node,
    title: oneLine(node.title, LONGEST),
    lines: node.lines.map((line) => oneLine(line, LONGEST)).filter((line) => line !== ""),
  };
}

/** As `box`, of an arrow. */
export function arrow(flow: Flow): Flow {
  return flow.label === undefined ? flow : { ...flow, label: oneLine(flow.label, LONGEST) };
}
