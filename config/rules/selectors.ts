import { matching, type LabelledClusters } from "../labels";
import { suggestion } from "../problem";
import type { Finding, Rule, RuleContext } from "./rule";
import { choicesOf } from "./selected";

type Labels = Readonly<Record<string, string>>;
type Reason = "label" | "value" | "all";

const ABOUT = ["workloads", "namespaces", "manifests"].map((section) => `${section}.<key>.clusters.matchLabels`);

const unknownLabel: Rule = {
  id: "unknown-label",
  about: ABOUT.map((place) => `${place}.<key>`).join(", "),
  message: "is a label of no cluster",
  check: (context) => unmatched(context, "label"),
};

const unknownValue: Rule = {
  id: "unknown-label-value",
  about: ABOUT.map((place) => `${place}.<key>`).join(", "),
  message: "matches no cluster",
  check: (context) => unmatched(context, "value"),
};

const nothing: Rule = {
  id: "no-cluster",
  about: ABOUT.join(", "),
  message: "matches no cluster",
  check: (context) => unmatched(context, "all"),
};

export const selectorRules = [unknownLabel, unknownValue, nothing];

/** Selectors that match no cluster, for this reason. Where one label alone matches none, it is the one to look at. */
function unmatched({ written, labelled }: RuleContext, reason: Reason): Finding[] {
  if (!labelled.complete) return [];
  return choicesOf(written).flatMap(({ path: place, clusters: selector }): Finding[] => {
    if (!("matchLabels" in selector) || matching(selector.matchLabels, labelled).length > 0) return [];
    const path = [...place, "matchLabels"];
    const labels = Object.entries(selector.matchLabels).flatMap(([label, value]) => {
      const found = reasonOf(label, value, labelled);
      return found ? [{ ...found, path: [...path, label] }] : [];
    });
    if (labels.length === 0) return reason === "all" ? [{ path, showValue: false }] : [];
    return labels
      .filter((found) => found.reason === reason)
      .map(({ path, suggestion }) => ({ path, suggestion, atKey: reason === "label" }));
  });
}

function reasonOf(
  label: string,
  value: string,
  { labels }: LabelledClusters,
): { reason: Reason; suggestion: string } | undefined {
  const all: readonly Labels[] = [...labels.values()];
  const values = all.flatMap((own) => (Object.hasOwn(own, label) ? [own[label] ?? ""] : []));
  if (values.includes(value)) return undefined;
  if (values.length > 0) return { reason: "value", suggestion: suggestion(value, values) };
  const known = all.flatMap((own) => Object.keys(own));
  return { reason: "label", suggestion: suggestion(label, known) };
}
