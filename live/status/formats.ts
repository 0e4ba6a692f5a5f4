import { table } from "../../synthesis/table";
import type { ClusterStatus } from "./status";

/** The table for people, and under it what does not agree or could not be read. */
export function formatStatus(all: readonly ClusterStatus[]): string {
  const header = ["cluster", "method", "slot", "ends", "apply before", "days left", "last applied", ""];
  const rows = all.map(({ environment, cluster, method, slot, expires, applyBefore, daysLeft, applied, due }) => [
    `${environment}/${cluster}`,
    ...[method, text(slot), text(expires), text(applyBefore), text(daysLeft), text(applied), due ? "DUE" : ""],
  ]);
  const notes = all.flatMap(({ environment, cluster, drift, unknown }) => [
    ...drift.map((line) => `${environment}/${cluster}: ${line}`),
    ...unknown.map((line) => `${environment}/${cluster}: not checked: ${line}`),
  ]);
  return [...table(header, rows).map((line) => line.trimEnd()), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

const METRICS: readonly (readonly [string, string, (status: ClusterStatus) => number | undefined])[] = [
  [
    "expiry_timestamp_seconds",
    "When the password or the token that the cluster holds ends.",
    ({ expires }) => seconds(expires),
  ],
  [
    "apply_before_timestamp_seconds",
    "Until when identity and workload have to be applied.",
    ({ applyBefore }) => seconds(applyBefore),
  ],
  ["active_slot", "Slot that the cluster gets.", ({ slot }) => slot],
  [
    "drifted",
    "Whether a namespace has no pull secret, an older one than the identity stack has given, or one that is not renewed.",
    ({ drift }) => Number(drift.length > 0),
  ],
  ["readable", "Whether all that belongs to it could be read.", ({ unknown }) => Number(unknown.length === 0)],
];

/** For the textfile collector: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function formatMetrics(all: readonly ClusterStatus[]): string {
  return METRICS.flatMap(([name, help, valueOf]) => {
    const samples = all.flatMap((status) => {
      const value = valueOf(status);
      const { environment, cluster, method } = status;
      const labels = Object.entries({ environment, cluster, method }).map(
        ([key, label]) => `${key}=${JSON.stringify(label)}`,
      );
      return value === undefined ? [] : [`acr_pull_${name}{${labels.join(",")}} ${value}`];
    });
    return [`# HELP acr_pull_${name} ${help}`, `# TYPE acr_pull_${name} gauge`, ...samples];
  }).join("\n");
}

function text(value: string | number | undefined): string {
  return value === undefined ? "-" : String(value);
}

function seconds(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date) / 1000;
}
