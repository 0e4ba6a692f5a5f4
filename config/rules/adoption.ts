import { adoptionsOf } from "../adoption";
import { isBuiltInNamespace } from "../namespaces";
import { hasPassword } from "../passwords";
import { placesOf } from "../places";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";
import { inWorkloads } from "./workload-drafts";

const ours: Rule = {
  id: "adopt-or-existing",
  about: "registry.adopt, namespaces.<key>.adopt",
  message: "must be left out: with existing: true it stays somebody else's, and adopt makes it ours",
  check: ({ draft }) => [
    ...(draft.registry?.existing === true && draft.registry.adopt ? [{ path: ["registry", "adopt"] }] : []),
    ...entriesOf(draft.namespaces)
      .filter(([, { existing, adopt }]) => existing === true && adopt === true)
      .map(([name]) => ({ path: ["namespaces", name, "adopt"] })),
  ],
};

const once: Rule = {
  id: "adopt-or-keep",
  about: "workloads.<key>.keep",
  message: "must be left out: it is what adopt is called once that has been applied",
  check: (context) =>
    inWorkloads(context, ({ adopt, keep }, path) =>
      adopt && keep ? [{ path: [...path, "keep"], showValue: false }] : [],
    ),
};

const serviceOfNothing: Rule = {
  id: "service-without-port",
  about: "workloads.<key>.adopt.service, workloads.<key>.keep.service",
  message: "must be left out: without port there is no Service",
  check: (context) =>
    inWorkloads(context, (workload, path) =>
      (["adopt", "keep"] as const)
        .filter((key) => workload[key]?.service !== undefined && !("port" in workload))
        .map((key) => ({ path: [...path, key, "service"] })),
    ),
};

/** Nothing lies in what is only just made. */
const placeOfHandMade: Rule = {
  id: "place-of-adopted",
  about: "workloads.<key>.adopt, namespaces.<key>.pullSecret.adopt",
  message:
    "needs a namespace that is there: namespaces: { {namespace}: { existing: true } }, or { adopt: true } where it is to be managed here too",
  check: ({ draft, environment }) => {
    const isThere = (name: string) => {
      const { existing, adopt } = environment.namespaces[name] ?? {};
      return isBuiltInNamespace(name) || existing === true || adopt === true;
    };
    return [
      ...Object.entries(environment.workloads).flatMap(([key, { handMade, namespace }]): Finding[] =>
        handMade?.adopt && !isThere(namespace)
          ? [{ path: ["workloads", key, "adopt"], values: { namespace }, showValue: false }]
          : [],
      ),
      ...entriesOf(draft.namespaces).flatMap(([name, { pullSecret }]): Finding[] =>
        typeof pullSecret === "object" && pullSecret.adopt && !isThere(name)
          ? [{ path: ["namespaces", name, "pullSecret", "adopt"], values: { namespace: name }, showValue: false }]
          : [],
      ),
    ];
  },
};

const secretThroughVault: Rule = {
  id: "adopted-secret-through-key-vault",
  about: "namespaces.<key>.pullSecret.adopt",
  message:
    "must be left out: on {cluster} the password goes through a key vault, into a new secret beside the one that was made by hand",
  check: ({ environment }) => {
    const places = [...placesOf(environment)].filter(([key]) => {
      const pull = environment.clusters[key]?.pull;
      return pull && hasPassword(pull) && pull.delivery.kind === "keyVault";
    });
    return Object.entries(environment.namespaces).flatMap(([name, { pullSecret }]): Finding[] => {
      const [cluster] = places.find(([, namespaces]) => namespaces.has(name)) ?? [];
      if (!pullSecret.adopt || cluster === undefined) return [];
      return [{ path: ["namespaces", name, "pullSecret", "adopt"], values: { cluster }, showValue: false }];
    });
  },
};

/** Kinds whose typed resource has no importer: read in the kubernetes provider 2.38.0. */
const NOT_IMPORTED: readonly string[] = ["EndpointSlice"];

const notImported: Rule = {
  id: "kind-not-imported",
  about: "manifests.<key>.adopt",
  message: "must be false: the provider imports no {kind}, and {name} is one",
  check: ({ environment }) =>
    Object.entries(environment.manifests).flatMap(([key, { adopt, set }]): Finding[] => {
      const object = adopt ? set.objects.find(({ kind }) => NOT_IMPORTED.includes(kind)) : undefined;
      return object
        ? [{ path: ["manifests", key, "adopt"], values: { kind: object.kind, name: object.name }, showValue: false }]
        : [];
    }),
};

const adminUserOff: Rule = {
  id: "admin-user-of-adopted",
  about: "registry.adopt",
  message:
    "switches the admin user off where it is on: adminUser: true keeps it until the last that logs in with it has another credential",
  warns: true,
  check: ({ draft: { registry } }: RuleContext) =>
    registry?.adopt && registry.existing !== true && !("adminUser" in registry)
      ? [{ path: ["registry", "adopt"], showValue: false }]
      : [],
};

const imported: Rule = {
  id: "adopted",
  about:
    "registry.adopt, clusters.<key>.pull.*.adopt, namespaces.<key>.adopt, namespaces.<key>.pullSecret.adopt, workloads.<key>.adopt, manifests.<key>.adopt",
  message: "makes the next apply import {what}, where it is there; nothing is replaced. Once it is applied, {then}",
  warns: true,
  check: ({ environment }) =>
    adoptionsOf(environment).map(({ path, what }) => ({
      path,
      values: { what, then: path[0] === "workloads" ? "call it keep" : "drop it" },
      atKey: true,
      showValue: false,
    })),
};

export const adoptionRules = [
  ours,
  once,
  serviceOfNothing,
  placeOfHandMade,
  secretThroughVault,
  notImported,
  adminUserOff,
  imported,
];
