import { markup, type Markup } from "./markup";

type Cell = string | number | Markup | undefined;

export interface TableRow {
  /** Anchor to link to. @default - none */
  readonly id?: string;
  /** The first is the row's heading. */
  readonly cells: readonly Cell[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** A table that a keyboard can scroll where the page is narrower; nothing without rows. A column that is empty in all rows is left out. */
export function table({ caption, columns, rows }: Table): Markup {
  if (rows.length === 0) return markup``;
  const used = columns
    .map((_, index) => index)
    .filter((index) => index === 0 || rows.some(({ cells }) => !isEmpty(cells[index])));
  const kind = (index: number) => {
    const isNumber = rows.every(({ cells }) => typeof cells[index] === "number");
    return isNumber ? markup` class="number"` : undefined;
  };
  const head = used.map((index) => markup`<th scope="col"${kind(index)}>${columns[index]}</th>`);
  const kinds = used.map(kind);
  const body = rows.map(({ id, cells }) => {
    const [first, ...rest] = used.map((index, place) => ({ cell: cells[index], kind: kinds[place] }));
    return markup`<tr${id === undefined ? undefined : markup` id="${id}"`}><th scope="row"${first?.kind}>${first?.cell}</th>${rest.map(
      (one) => markup`<td${one.kind}>${one.cell}</td>`,
    )}</tr>
`;
  });
  return scrolling(
    caption,
    markup`<table>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>`,
  );
}

function isEmpty(cell: Cell): boolean {
  return cell === undefined || String(cell) === "";
}

/** A date or time that is never broken in two. @param words As `2026-01-31`; nothing of none. */
export function time(words: string): Markup {
  return words === "" ? markup`` : markup`<time>${words}</time>`;
}

/** A picture with its caption. */
export function figure(caption: string, picture: Markup): Markup {
  return markup`<figure>
<figcaption>${caption}</figcaption>
${scrolling(caption, picture)}</figure>
`;
}

/** @param label What it is, for those who hear it. */
function scrolling(label: string, content: Markup): Markup {
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${label}">
${content}
</div>
`;
}
