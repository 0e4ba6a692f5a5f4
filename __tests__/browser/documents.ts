import { calendarOf } from "../../pictures/calendar/calendar";
import { calendarDocument } from "../../pictures/calendar/documents";
import { graphOf } from "../../pictures/graph/graph";
import { reportPage } from "../../pictures/report/page";
import { fleetWith } from "../pictures/support/fleet";
import { recordWith } from "../pictures/report/record";
import { load } from "../support/environment";
import { loadWith } from "../support/free-text";
import { PROJECT } from "../support/synthesized";

const NOW = new Date("2026-11-26T12:00:00Z");
const MARKUP = `</title></style><script>window.hacked=1</script><img src=x onerror="window.hacked=1">'"`;

const shipped = (...files: string[]) => load(PROJECT, files).environments;
const fleet = () => {
  const labelsOf = (index: number) => `{ region: r${index % 3}, stage: s${index % 2}, site: x${index} }`;
  return [fleetWith(100, { labelsOf })];
};

/** Pages of all kinds, by name. */
export const DOCUMENTS: Readonly<Record<string, () => string | Promise<string>>> = {
  "graph-demo": () => graphOf(shipped("environments/demo.yaml"), "html"),
  "graph-pull-methods": () => graphOf(shipped("examples/pull-methods.yaml"), "html"),
  "graph-manifests-production": () => graphOf(shipped("examples/manifests.yaml", "examples/production.yaml"), "html"),
  "graph-100": () => graphOf(fleet(), "html"),
  "graph-hostile": () => graphOf(loadWith(MARKUP, false).environments, "html"),
  "calendar-demo": () => calendarDocument(calendarOf(shipped("environments/demo.yaml"), { now: NOW }), "html"),
  "calendar-fleet": () => calendarDocument(calendarOf(shipped("examples/fleet.yaml"), { now: NOW }), "html"),
  "report-demo": () => reportPage([recordWith("some words of others")]),
  "report-hostile": () => reportPage([recordWith(MARKUP)]),
};
