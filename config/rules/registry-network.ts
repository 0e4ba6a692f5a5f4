import { isBuilt } from "../built";
import type { Registry } from "../environment";
import { isNetwork, isPublic, isWithin } from "../ip-range";
import type { Finding, Rule } from "./rule";

const SOURCE = "https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks";
const PRIVATE = "https://learn.microsoft.com/azure/container-registry/container-registry-private-link";
const ALLOW = ["registry", "network", "allow"];

const allowOfNobody: Rule = {
  id: "allow-of-nobody",
  about: "registry.network.allow",
  message: "must be left out with publicAccess: false, which lets nobody in from the internet",
  source: SOURCE,
  check: ({ draft: { registry } }) =>
    registry?.publicAccess === false && registry.network?.allow ? [{ path: ALLOW, showValue: false }] : [],
};

const publicRanges: Rule = {
  id: "public-range",
  about: "registry.network.allow[]",
  message: "must be public addresses: those of virtual networks come in by privateEndpoints",
  source: SOURCE,
  check: ({ draft: { registry } }) => allowed(registry?.network?.allow, (range) => !isPublic(range)),
};

const networkRanges: Rule = {
  id: "range-of-network",
  about: "registry.network.allow[]",
  message: "must have no bits beyond its prefix",
  source: SOURCE,
  check: ({ draft: { registry } }) => allowed(registry?.network?.allow, (range) => !isNetwork(range)),
};

const rangeTwice: Rule = {
  id: "range-twice",
  about: "registry.network.allow[]",
  message: "is listed twice",
  check: ({ draft: { registry } }) =>
    allowed(registry?.network?.allow, (range, index, all) => all.indexOf(range) < index),
};

const clustersOutside: Rule = {
  id: "clusters-outside",
  about: "clusters.<key>.egress",
  message: "is not let in by registry.network.allow: its nodes cannot pull",
  source: SOURCE,
  check: ({ environment: { registry, clusters } }) => {
    const allow = registry?.kind === "created" ? registry.network?.allow : undefined;
    if (!allow) return [];
    return Object.entries(clusters).flatMap(([key, { egress = [], privateEndpoint }]): Finding[] =>
      egress.flatMap((range, index) =>
        privateEndpoint || isWithin(range, allow) ? [] : [{ path: ["clusters", key, "egress", index] }],
      ),
    );
  },
};

const clustersShutOut: Rule = {
  id: "clusters-shut-out",
  about: "clusters.<key>.egress",
  message:
    "leads to a registry with publicAccess: false, which lets in nobody from the internet: its nodes need privateEndpoint: true",
  source: PRIVATE,
  check: ({ environment: { registry, clusters } }) => {
    if (!isClosed(registry)) return [];
    return Object.entries(clusters).flatMap(([key, { egress, privateEndpoint }]): Finding[] =>
      egress && !privateEndpoint ? [{ path: ["clusters", key, "egress"], showValue: false }] : [],
    );
  },
};

const clustersUnknown: Rule = {
  id: "clusters-unknown",
  about: "registry.network.allow",
  message:
    "lets in no more than it lists, and {clusters} says neither egress, the addresses that its nodes come from, nor privateEndpoint: true",
  source: SOURCE,
  warns: true,
  check: ({ environment: { registry, clusters } }) => {
    if (registry?.kind !== "created" || !registry.network?.allow) return [];
    const unknown = Object.keys(clusters).filter((key) => !clusters[key]?.privateEndpoint && !clusters[key]?.egress);
    const [first, ...others] = unknown;
    if (first === undefined) return [];
    const named = `clusters.${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
    return [{ path: ALLOW, values: { clusters: named }, showValue: false }];
  },
};

const endpointOfSku: Rule = {
  id: "private-endpoint-of-sku",
  about: "clusters.<key>.privateEndpoint",
  message: "needs a registry with sku Premium, and registry.sku is {sku}",
  source: PRIVATE,
  check: ({ environment: { registry, clusters } }) => {
    if (registry?.kind !== "created" || registry.sku === "Premium") return [];
    return Object.entries(clusters).flatMap(([key, { privateEndpoint }]): Finding[] =>
      privateEndpoint ? [{ path: ["clusters", key, "privateEndpoint"], values: { sku: registry.sku } }] : [],
    );
  },
};

const tasksOutside: Rule = {
  id: "tasks-outside",
  about: "images.<key>.build.acrTask",
  message:
    "runs on machines of Azure, which a registry with network.allow or without public access does not let in: build by docker, on a machine that has a way in",
  source: "https://learn.microsoft.com/azure/container-registry/manage-network-bypass-policy-for-tasks",
  warns: true,
  check: ({ environment: { registry, images } }) => {
    if (registry?.kind !== "created" || (registry.publicAccess !== false && !registry.network?.allow)) return [];
    return Object.entries(images).flatMap(([key, { origin }]): Finding[] =>
      isBuilt(origin) && origin.kind === "acrTask"
        ? [{ path: ["images", key, "build", "acrTask"], showValue: false }]
        : [],
    );
  },
};

const exportsNeedClosing: Rule = {
  id: "export-policy",
  about: "registry.exportPolicy",
  message: "false needs publicAccess: false: what is open to the internet can be copied anyway",
  source: "https://learn.microsoft.com/azure/container-registry/data-loss-prevention",
  check: ({ draft: { registry } }) =>
    registry?.exportPolicy === false && registry.publicAccess !== false
      ? [{ path: ["registry", "exportPolicy"], showValue: false }]
      : [],
};

export const registryNetworkRules = [
  allowOfNobody,
  publicRanges,
  networkRanges,
  rangeTwice,
  clustersOutside,
  clustersShutOut,
  clustersUnknown,
  endpointOfSku,
  tasksOutside,
  exportsNeedClosing,
];

/** Whether nobody from the internet gets to a registry that is made here. */
function isClosed(registry: Registry | undefined): boolean {
  return registry?.kind === "created" && registry.publicAccess === false;
}

function allowed(
  ranges: readonly (string | undefined)[] | undefined,
  isWrong: (range: string, index: number, all: readonly (string | undefined)[]) => boolean,
): Finding[] {
  return (ranges ?? []).flatMap((range, index, all) =>
    range !== undefined && isWrong(range, index, all) ? [{ path: [...ALLOW, index] }] : [],
  );
}
