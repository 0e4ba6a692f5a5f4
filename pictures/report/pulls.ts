import { CAUSES, type CauseId } from "../../diagnosis";
import type { PullStory, RunRecord } from "../../rehearsal";
import { minute } from "../calendar/dates";
import { table, time } from "../elements";
import { markup, type Markup } from "../markup";

/** Who pulled what, by what right and until when. */
export function pullsContent({ report, pulls }: RunRecord): Markup[] {
  const rights = new Map((report.story?.pulls ?? []).map((one) => [one.cluster, one]));
  const allowed = pulls.filter(({ refusal }) => !refusal);
  return [
    table({
      caption: "Pulls from the registry",
      columns: ["cluster", "image", "who", "role", "password ends", "apply before", "pulls"],
      rows: allowed.map(({ cluster, image, times, ...pull }) => {
        const { role = "", expires = "", applyBefore = "" } = rights.get(cluster) ?? {};
        return {
          cells: [cluster, markup`<code>${image}</code>`, who(pull), role, moment(expires), moment(applyBefore), times],
        };
      }),
    }),
    table({
      caption: "Pods that run",
      columns: ["cluster", "workload", "pods", "address"],
      rows: (report.story?.workloads ?? []).map(({ cluster, workload, running, replicas, address }) => ({
        cells: [cluster, workload, `${running} of ${replicas}`, address],
      })),
    }),
    table({
      caption: "Pods of others that could pull",
      columns: ["cluster", "namespace", "by"],
      rows: (report.story?.probes ?? []).map(({ cluster, namespace, by }) => ({ cells: [cluster, namespace, by] })),
    }),
  ];
}

/** Each pull that was refused, with its cause and what to do. */
export function refusalsContent({ pulls, report }: RunRecord): Markup[] {
  const refused = pulls.filter(({ refusal }) => refusal);
  const outages = report.outages.map(({ cluster, workload, starts, replicas, reason = "" }) => ({
    cells: [cluster, workload, `${starts} of ${replicas}`, reason],
  }));
  return [
    refused.length === 0
      ? markup`<p>No pull was refused.</p>
`
      : table({
          caption: "Pulls that were refused",
          columns: ["cluster", "image", "who", "why", "cause", "what to do", "pulls"],
          rows: refused.map(({ cluster, image, times, refusal, ...pull }) => ({
            cells: [
              cluster,
              markup`<code>${image}</code>`,
              who(pull),
              refusal?.reason,
              ...causeWords(refusal?.cause),
              times,
            ],
          })),
        }),
    table({
      caption: "Who starts while the registry is away",
      columns: ["cluster", "workload", "pods", "why not the others"],
      rows: outages,
    }),
  ];
}

/** What is wrong, and what to do. */
export function causeWords(cause: CauseId | undefined): [string, string] {
  if (cause === undefined) return ["", ""];
  const { title, remedy } = CAUSES[cause];
  return [title, `${remedy} (docs/troubleshooting.md#${cause})`];
}

/** @param rfc3339 Or nothing. */
function moment(rfc3339: string): Markup {
  return time(rfc3339 === "" ? "" : minute(new Date(rfc3339)));
}

function who({ principal, username }: Pick<PullStory, "principal" | "username">): string {
  return principal === undefined ? username : `${principal} (${username})`;
}
