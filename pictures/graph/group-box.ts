import type { Environment } from "../../config";
import { entryAt } from "../../config/entry-at";
import { counted, firstOf } from "../counted";
import { arrow, box, LONGEST, type Part } from "./box";
import type { ClusterGroup } from "./cluster-groups";
import type { GroupNamespace, Running } from "./contents";
import type { Flow, PictureNode } from "./picture";
import { cacheBox, imageBox, REGISTRY } from "./registry-box";
import { connectionWords, pullWords, referenceWords, type PullWords } from "./words";

const MOST_NAMESPACES = 5;
const MOST_RUNNING = 5;

/** A group of clusters with its namespaces, and what it pulls by. */
export interface DrawnGroup extends ClusterGroup {
  readonly namespaces: ReadonlyMap<string, GroupNamespace>;
  /** Whether what runs has boxes of its own, in those of the namespaces. */
  readonly isDetailed: boolean;
}

export function groupBox(environment: Environment, group: DrawnGroup): Part {
  const { id, title, keys, namespaces } = group;
  const shown = [...namespaces.values()].slice(0, MOST_NAMESPACES);
  const others = namespaces.size - shown.length;
  const boxes = shown.map((namespace) => namespaceBox(environment, group, namespace));
  const cluster = box({
    ...{ id, kind: keys.length === 1 ? "cluster" : "clusters", title },
    lines: clusterLines(environment, keys, title),
    children: [
      ...boxes.flatMap(({ nodes }) => nodes),
      ...(others > 0
        ? [box({ id: `${id}/others`, kind: "namespace", title: counted(others, "more namespace"), lines: [] })]
        : []),
    ],
  });
  const identities = identityBoxes(environment, group);
  const flows = group.isDetailed ? boxes.flatMap((one) => one.flows) : imagesAsOne(group);
  return { nodes: [...identities.nodes, cluster], flows: [...identities.flows, ...flows] };
}

function clusterLines({ clusters }: Environment, keys: readonly string[], title: string): string[] {
  const [key = ""] = keys;
  if (keys.length === 1) {
    const connection = connectionWords(entryAt(clusters, key).connection);
    return title === key ? [connection] : [key, connection];
  }
  return [counted(keys.length, "cluster"), firstOf(keys, LONGEST)];
}

function namespaceBox(environment: Environment, group: DrawnGroup, namespace: GroupNamespace): Part {
  const id = `${group.id}.${namespace.name}`;
  const running = [...namespace.running.values()];
  const lines = [share(namespace.clusters, group), secretWords(namespace)];
  const title = namespace.name;
  if (!group.isDetailed || running.length === 0) {
    const names =
      running.length === 0
        ? "for what others deploy"
        : firstOf(
            running.map(({ key }) => key),
            LONGEST,
          );
    return { nodes: [box({ id, kind: "namespace", title, lines: [...lines, names] })], flows: [] };
  }
  const shown = running.slice(0, MOST_RUNNING).map((one) => ({ one, node: runningBox(environment, group, id, one) }));
  const others = running.length - shown.length;
  const children = shown.map(({ node }) => node);
  if (others > 0) children.push(box({ id: `${id}/others`, kind: "workload", title: `${others} more`, lines: [] }));
  return {
    nodes: [box({ id, kind: "namespace", title, lines, children })],
    flows: shown.flatMap(({ one, node }) => imageFlows(environment, one, node.id)),
  };
}

function imageFlows(environment: Environment, { images, others }: Running, to: string): Flow[] {
  const known = images.map((image) => ({
    from: imageBox(environment, image),
    label: referenceWords(entryAt(environment.images, image)),
  }));
  const cached = others.flatMap((repository) => {
    const from = cacheBox(environment, repository);
    return from === undefined ? [] : [{ from, label: "as its manifest says" }];
  });
  return [...known, ...cached].map((flow) => arrow({ ...flow, to, kind: "image" }));
}

function runningBox(environment: Environment, group: DrawnGroup, namespace: string, running: Running): PictureNode {
  const { kind, key, clusters } = running;
  return box({
    ...{ id: `${namespace}.${kind}-${key}`, kind, title: key },
    lines: [
      kind === "workload" ? workloadWords(environment, key) : manifestWords(environment, key),
      share(clusters, group),
    ],
  });
}

function workloadWords({ workloads }: Environment, key: string): string {
  const { port, expose } = entryAt(workloads, key);
  return port === undefined ? "no port" : `port ${port}${expose === "LoadBalancer" ? ", load balancer" : ""}`;
}

function manifestWords({ manifests }: Environment, key: string): string {
  return counted(entryAt(manifests, key).set.objects.length, "object");
}

/** Nothing where all clusters of the group have it. */
function share(clusters: number, { keys }: ClusterGroup): string {
  return clusters === keys.length ? "" : `on ${clusters} of ${counted(keys.length, "cluster")}`;
}

function secretWords({ secrets }: GroupNamespace): string {
  const [secret] = secrets;
  if (secret === undefined) return "";
  return secrets.size === 1 ? `secret ${secret}` : counted(secrets.size, "secret");
}

/** What the group pulls by: one box for all clusters that pull alike. */
function identityBoxes({ clusters, registry }: Environment, { id, keys }: DrawnGroup): Part {
  const alike = new Map<string, { words: PullWords; count: number }>();
  for (const key of keys) {
    const words = pullWords(entryAt(clusters, key).pull, registry);
    const likeness = JSON.stringify({ ...words, name: "" });
    const found = alike.get(likeness) ?? { words, count: 0 };
    found.count += 1;
    alike.set(likeness, found);
  }
  const drawn = [...alike.values()].map(({ words, count }, index) => {
    const { name, kind, kinds, lines, credential, role } = words;
    const node = box({
      ...{
        id: `${id}/identity-${index + 1}`,
        kind: "identity",
        title: count === 1 ? name : counted(count, kind, kinds),
      },
      lines: [...(count === 1 ? [kind] : []), ...lines],
    });
    const flows: Flow[] = [
      ...(role === undefined ? [] : [arrow({ from: REGISTRY, to: node.id, kind: "role", label: role })]),
      arrow({ from: node.id, to: id, kind: "credential", label: credential }),
    ];
    return { node, flows };
  });
  return { nodes: drawn.map(({ node }) => node), flows: drawn.flatMap(({ flows }) => flows) };
}

/** One arrow for all images of a group. */
function imagesAsOne({ id, namespaces }: DrawnGroup): Flow[] {
  const images = new Set(
    [...namespaces.values()].flatMap(({ running }) => [...running.values()].flatMap((one) => one.images)),
  );
  if (images.size === 0) return [];
  return [arrow({ from: REGISTRY, to: id, kind: "image", label: counted(images.size, "image") })];
}
