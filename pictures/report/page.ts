import type { RunRecord } from "../../rehearsal";
import { calendarOf } from "../calendar/calendar";
import { calendarSections } from "../calendar/page";
import { minute } from "../calendar/dates";
import { TIMELINE_CSS } from "../calendar/timeline";
import { counted } from "../counted";
import { figure, table } from "../elements";
import { graphFigure } from "../graph/page";
import { GRAPH_CSS } from "../graph/svg";
import { markup, type Markup } from "../markup";
import { htmlPage, type PageSection } from "../page";
import { plansContent } from "./plans";
import { causeWords, pullsContent, refusalsContent } from "./pulls";
import { waterfall, WATERFALL_CSS } from "./waterfall";

/** A rehearsal as one page: what was deployed, what it was to change, who could pull, what failed, how long it took. No secret is in it. */
export async function reportPage(records: readonly RunRecord[]): Promise<string> {
  const names = records.map(({ environment }) => environment.name).join(", ");
  const failed = records.filter(({ report }) => !report.passed).length;
  return htmlPage({
    title: `${names}: the rehearsal`,
    summary: `${failed === 0 ? "All that was rehearsed passed" : `${failed} of ${counted(records.length, "environment")} failed`}. Deployed by the real Terraform, offline, against clouds that behave as the real ones do.`,
    sections: (await Promise.all(records.map((record) => recordSections(record, records.length > 1)))).flat(),
    css: [GRAPH_CSS, TIMELINE_CSS, WATERFALL_CSS].join("\n"),
  });
}

/** @param isOneOfMany Then headings name the environment. */
async function recordSections(record: RunRecord, isOneOfMany: boolean): Promise<PageSection[]> {
  const { environment, now } = record;
  const { name } = environment;
  const section = (part: string, heading: string, content: Markup | readonly Markup[]) => ({
    ...{ id: `${name}.${part}`, heading: isOneOfMany ? `${name}: ${heading}` : heading, content },
  });
  const drawn = waterfall(record);
  return [
    section("outcome", "How it went", outcome(record)),
    section("graph", "What was deployed", [await graphFigure(environment), imagesTable(record)]),
    section("plans", "What each stack was to change", plansContent(record)),
    section("pulls", "Who pulled", pullsContent(record)),
    section("refusals", "Who was refused", refusalsContent(record)),
    ...(drawn
      ? [
          section("timings", "How long it took", [
            figure("Terraform in each stack, from left to right: init, plan, apply, second plan, destroy", drawn),
            stepsTable(record),
          ]),
        ]
      : []),
    ...calendarSections(calendarOf([environment], { now }), `${name}.calendar`),
  ];
}

function outcome({ report, now }: RunRecord): Markup[] {
  const { passed, seconds, leftovers, warnings, faults, failure, log } = report;
  const list = (heading: string, lines: readonly string[]) =>
    lines.length === 0
      ? markup``
      : markup`<h3>${heading}</h3>
<ul>
${lines.map(
  (one) => markup`<li>${one}</li>
`,
)}</ul>
`;
  return [
    markup`<p><span class="${passed ? "good" : "bad"}">${passed ? "Passed" : "Failed"}</span> in ${seconds.toFixed(1)} s, as if it were ${minute(now)}.</p>
`,
    failure ? failureWords(failure) : markup``,
    list("Faults, and what they did", faults),
    list("Warnings", warnings),
    list("Left after the destroy", leftovers),
    passed && log === undefined
      ? markup`<p>After the destroy nothing was left.</p>
`
      : markup``,
  ];
}

function failureWords({ stack, step, address, reason, cause }: NonNullable<RunRecord["report"]["failure"]>): Markup {
  const [title, remedy] = causeWords(cause);
  return markup`<p><strong>${stack}</strong> failed at its ${step}${address === undefined ? undefined : markup`: <code>${address}</code>`}.</p>
<pre>${reason}</pre>
${
  title === ""
    ? undefined
    : markup`<p><strong>Cause:</strong> ${title}. <strong>What to do:</strong> ${remedy}.</p>
`
}`;
}

function imagesTable({ report }: RunRecord): Markup {
  return table({
    caption: "Images in the registry",
    columns: ["image", "digest", "remark"],
    rows: (report.story?.images ?? []).map(({ image, digest, isUnknown }) => ({
      cells: [
        markup`<code>${image}</code>`,
        markup`<code>${digest}</code>`,
        isUnknown ? "nobody here has built it: its user and platform are taken for right" : "",
      ],
    })),
  });
}

function stepsTable({ steps }: RunRecord): Markup {
  const begin = Math.min(...steps.map(({ start }) => start));
  const rows = steps.map(({ stack, step, start, seconds, failed }) => ({
    cells: [stack, step, Number((start - begin).toFixed(2)), Number(seconds.toFixed(2)), failed ? "failed" : ""],
  }));
  return markup`<details>
<summary>The same in numbers</summary>
${table({ caption: "Steps in the order in which they began", columns: ["stack", "step", "began after s", "took s", "outcome"], rows })}</details>
`;
}
