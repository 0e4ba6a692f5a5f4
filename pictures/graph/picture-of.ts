import type { Environment } from "../../config";
import { counted } from "../counted";
import { groupClusters } from "./cluster-groups";
import { contentsOf } from "./contents";
import { groupBox } from "./group-box";
import type { Flow, Picture } from "./picture";
import { outsideBoxes, registryBox } from "./registry-box";

/** Boxes for what runs: of more, namespaces name it. */
const MOST_BOXES = 9;
/** Arrows of images that say what they are: of more, the legend does. */
const MOST_LABELS = 4;

/** Says what boxes and arrows there are, and draws nothing yet. A pure function of the environment. */
export function pictureOf(environment: Environment): Picture {
  const { name, images, clusters, workloads, manifests } = environment;
  const groups = groupClusters(clusters);
  const contents = contentsOf(
    environment,
    groups.map(({ keys }) => keys),
  );
  const running = contents.flatMap((namespaces) =>
    [...namespaces.values()].map((one) => Math.max(1, one.running.size)),
  );
  const isDetailed = running.reduce((sum, boxes) => sum + boxes, 0) <= MOST_BOXES;
  const drawn = groups.map((group, index) =>
    groupBox(environment, { ...group, namespaces: contents[index] ?? new Map(), isDetailed }),
  );
  const outside = outsideBoxes(environment);
  return {
    name,
    summary: [
      counted(Object.keys(images).length, "image"),
      counted(Object.keys(clusters).length, "cluster"),
      counted(Object.keys(workloads).length, "workload"),
      counted(Object.keys(manifests).length, "set of manifests", "sets of manifests"),
    ]
      .filter((part) => !part.startsWith("0 "))
      .join(", "),
    nodes: [registryBox(environment), ...drawn.flatMap(({ nodes }) => nodes), ...outside.nodes],
    flows: withoutNoise([...drawn.flatMap(({ flows }) => flows), ...outside.flows]),
  };
}

/** Several images may be in one box; and what nearly all arrows say, none of them has to. */
function withoutNoise(flows: readonly Flow[]): Flow[] {
  const single = [...new Map(flows.map((flow) => [`${flow.kind} ${flow.from} ${flow.to}`, flow])).values()];
  if (single.filter(({ kind }) => kind === "image").length <= MOST_LABELS) return single;
  return single.map(({ label, ...flow }) => (label === undefined || label === "digest" ? flow : { ...flow, label }));
}
