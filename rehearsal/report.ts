import { remedyOf, type CauseId } from "../diagnosis";
import type { Step } from "./rehearsed-stack";
import type { Outage, Story } from "./story";
import { table } from "../synthesis/table";

/** How the rehearsal of one environment went: what `--json` prints. */
export interface Report {
  readonly environment: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly stacks: readonly { readonly name: string; readonly resources: number; readonly seconds: number }[];
  readonly story?: Story;
  /** Warnings of Terraform, those of `check` blocks for one. */
  readonly warnings: readonly string[];
  /** Operations that an injected fault struck. */
  readonly faults: readonly string[];
  /** Who still started while the registry was away; none where it never was. */
  readonly outages: readonly Outage[];
  /** What the clouds still hold after the destroy. */
  readonly leftovers: readonly string[];
  readonly failure?: {
    readonly stack: string;
    readonly step: Step;
    readonly address?: string;
    readonly reason: string;
    /** In docs/troubleshooting.md. @default - none that is known there */
    readonly cause?: CauseId;
  };
  /** Where Terraform's own output is; only where it was kept. */
  readonly log?: string;
}

/** The report for people: on failure the cause comes first. */
export function formatReport(report: Report): string {
  const { failure, log } = report;
  const lines: string[] = [];
  if (failure) {
    const address = failure.address === undefined ? "" : ` ${failure.address}`;
    lines.push(`FAILED ${failure.stack} ${failure.step}:${address}`, indent(failure.reason), ...remedy(failure), "");
  }
  const rows = report.stacks.map(({ name, resources, seconds }) => [name, String(resources), seconds.toFixed(1)]);
  lines.push(...table(["stack", "resources", "seconds"], rows), "", ...facts(report));
  lines.push(`${report.passed ? "passed" : "failed"} ${report.environment} in ${report.seconds.toFixed(1)} s`);
  if (log !== undefined) lines.push(`Terraform's output: ${log}`);
  return lines.join("\n");
}

/** What was achieved and met with, one line each, with an empty line after the last; nothing where there is nothing. */
function facts({ failure, log, story, outages, leftovers, warnings, faults }: Report): string[] {
  const lines: string[] = [];
  for (const { image, digest, isUnknown } of story?.images ?? []) {
    const doubt = isUnknown ? ", whose user and platform nobody here knows: they are taken for right" : "";
    lines.push(`image    ${image} is ${digest}${doubt}`);
  }
  for (const { cluster, username, role, expires, applyBefore } of story?.pulls ?? []) {
    const rights = role === "" ? "" : `, ${role}`;
    const deadline = expires === "" ? "" : `; until ${expires}, apply again before ${applyBefore}`;
    lines.push(`pull     ${cluster} pulls ${username === "" ? "nothing" : `as ${username}`}${rights}${deadline}`);
  }
  for (const { cluster, namespace, by } of story?.probes ?? []) {
    lines.push(`probe    ${cluster}: a pod of others in ${namespace} pulls by ${by}`);
  }
  for (const { cluster, workload, running, replicas, address } of story?.workloads ?? []) {
    const place = address === "" ? "" : ` at ${address}`;
    lines.push(`pods     ${cluster}: ${workload} runs ${running} of ${replicas}${place}`);
  }
  for (const { cluster, workload, starts, replicas, reason } of outages) {
    const cause = reason === undefined ? "" : `: ${reason}`;
    lines.push(`away     ${cluster}: ${workload} starts ${starts} of ${replicas} while the registry is away${cause}`);
  }
  for (const fault of faults) lines.push(`fault    ${fault}`);
  for (const warning of warnings) lines.push(`warning  ${warning.split("\n").join(" ")}`);
  // Where the log was kept, nothing was destroyed.
  const isDestroyed = !failure && log === undefined;
  if (isDestroyed)
    lines.push(`destroy  ${leftovers.length === 0 ? "nothing is left" : `left: ${leftovers.join(", ")}`}`);
  return lines.length === 0 ? [] : [...lines, ""];
}

function remedy({ cause }: NonNullable<Report["failure"]>): string[] {
  return cause === undefined ? [] : [indent(`${remedyOf(cause)} (docs/troubleshooting.md#${cause})`)];
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
