import type { Cluster, Namespace, Pull } from "../environment";
import { isBuiltInNamespace } from "../namespaces";
import { hasPassword, makesSecret } from "../passwords";
import { clustersWithoutPlaces, placesOf, type Places } from "../places";
import { secretNameIn, vaultSecretName } from "../pull-secret";
import { grantsByRepository } from "../roles";
import { OWN_ANNOTATIONS } from "../secret-annotations";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

const noSecret: Rule = {
  id: "secret-of-namespace",
  about: "namespaces.<key>.pullSecret",
  message:
    "must be left out: no pull secret is made on {cluster} ({method}), nor on any other cluster of the namespace",
  check: (context) =>
    namespacesOf(context).flatMap(({ name, clusters }): Finding[] => {
      const [first] = clusters;
      if (!first || clusters.some(({ cluster: { pull } }) => makesSecret(pull)) || !isNamed(context, name)) return [];
      const values = { cluster: first.key, method: first.cluster.pull.kind };
      return [{ path: ["namespaces", name, "pullSecret"], values, showValue: false }];
    }),
};

/** What others deploy names one secret, on whatever cluster. */
const otherName: Rule = {
  id: "two-names-of-a-secret",
  about: "namespaces.<key>.pullSecret",
  message: "must be {secret}, as somebody else calls it on {cluster} (pull.existingSecret)",
  check: (context) =>
    namespacesOf(context).flatMap(({ name, settings, clusters }): Finding[] => {
      const own = settings.pullSecret.name;
      if (own === undefined || !clusters.some(({ cluster: { pull } }) => makesSecret(pull))) return [];
      return clusters.flatMap(({ key, cluster: { pull } }): Finding[] =>
        pull.kind === "existingSecret" && pull.name !== own
          ? [{ path: ["namespaces", name, "pullSecret"], values: { secret: pull.name, cluster: key } }]
          : [],
      );
    }),
};

const vaultName: Rule = {
  id: "name-through-key-vault",
  about: "namespaces.<key>.pullSecret",
  message: "is called {secret} on {cluster}, whose password goes through a key vault",
  warns: true,
  check: (context) =>
    namespacesOf(context).flatMap(({ name, settings, clusters }): Finding[] => {
      const secret = settings.pullSecret.name;
      const first = clusters.find(({ cluster: { pull } }) => hasPassword(pull) && pull.delivery.kind === "keyVault");
      if (secret === undefined || !first) return [];
      const values = { secret: vaultSecretName(secret), cluster: first.key };
      return [{ path: ["namespaces", name, "pullSecret"], values, showValue: false }];
    }),
};

const ownAnnotation: Rule = {
  id: "annotation-of-pull-secret",
  about: "namespaces.<key>.pullSecret.annotations.<key>",
  message: "must be left out: it is written here, with a date of the password",
  check: ({ draft }) =>
    entriesOf(draft.namespaces).flatMap(([name, { pullSecret }]) => {
      const { annotations = {} } = typeof pullSecret === "object" ? pullSecret : {};
      const path = ["namespaces", name, "pullSecret", "annotations"];
      return OWN_ANNOTATIONS.filter((own) => Object.hasOwn(annotations, own)).map((own) => ({
        path: [...path, own],
        showValue: false,
      }));
    }),
};

const nothingGranted: Rule = {
  id: "repositories-of-namespace",
  about: "namespaces.<key>.repositories",
  message: "is required on {cluster}, which is granted single repositories ({why}) and has none of a workload",
  check: (context) => {
    const { registry, workloads } = context.environment;
    if (!registry) return [];
    return namespacesOf(context).flatMap(({ name, settings, clusters }): Finding[] => {
      const first = clusters.find(({ key, cluster: { pull }, places }) => {
        const isByRepository =
          whyByRepository(pull) !== undefined || (grantsByRepository(registry) && pull.kind !== "existingSecret");
        const granted = [...places.values()].flatMap(({ repositories }) => repositories);
        const runs = Object.values(workloads).some(({ clusters }) => clusters.includes(key));
        return isByRepository && granted.length === 0 && !runs && settings.clusters.includes(key);
      });
      if (!first) return [];
      const why = whyByRepository(first.cluster.pull) ?? "registry.repositoryPermissions";
      return [{ path: ["namespaces", name, "repositories"], values: { cluster: first.key, why }, showValue: false }];
    });
  },
};

const accountOfOthers: Rule = {
  id: "service-account-of-others",
  about: "namespaces.<key>.serviceAccounts[]",
  message:
    "is made here; where somebody else has made it, which the provider cannot change, leave it out and run " +
    `kubectl --namespace {namespace} patch serviceaccount {name} --patch '{"imagePullSecrets":[{"name":"{secret}"}]}' ` +
    "or give its Helm chart that imagePullSecrets",
  warns: true,
  check: (context) =>
    namespacesOf(context).flatMap(({ name: namespace, settings, clusters }): Finding[] => {
      const { registry } = context.environment;
      const [first] = clusters;
      if (!registry || !first || !(settings.existing || isBuiltInNamespace(namespace))) return [];
      const secret = secretNameIn(registry, first.cluster, settings) ?? "";
      return settings.serviceAccounts.flatMap((name, index) =>
        name === "default"
          ? []
          : [
              {
                path: ["namespaces", namespace, "serviceAccounts", index],
                values: { namespace, name, secret },
                showValue: false,
              },
            ],
      );
    }),
};

const nothingMade: Rule = {
  id: "namespace-without-secret",
  about: "namespaces.<key>.clusters",
  message: "choose only clusters whose nodes pull by themselves (managedIdentity): nothing is made there",
  warns: true,
  check: (context) =>
    namespacesOf(context)
      .filter(({ settings, clusters }) => settings.existing && settings.clusters.length > 0 && clusters.length > 0)
      .filter(({ clusters }) => clusters.every(({ cluster: { pull } }) => pull.kind === "managedIdentity"))
      .map(({ name }) => ({ path: ["namespaces", name, "clusters"], showValue: false })),
};

const unusedCluster: Rule = {
  id: "unused-cluster",
  about: "clusters.<key>",
  message: "pulls nothing: {made} made for it, and no namespace gets {it}, since no workload and no namespace names it",
  warns: true,
  check: ({ environment }) =>
    clustersWithoutPlaces(environment).map((key) => {
      const isFederated = environment.clusters[key]?.pull.kind === "federated";
      const values = isFederated
        ? { made: "an application is", it: "a pull secret by it" }
        : { made: "passwords are", it: "one" };
      return { path: ["clusters", key], atKey: true, values };
    }),
};

export const pullSecretRules = [
  noSecret,
  otherName,
  vaultName,
  ownAnnotation,
  nothingGranted,
  accountOfOthers,
  nothingMade,
  unusedCluster,
];

/** @returns What of a method names single repositories, whatever the registry's mode. */
function whyByRepository(pull: Pull): string | undefined {
  if (pull.kind === "registryToken") return pull.kind;
  return pull.kind === "federated" && pull.controller === "acrPull" ? "controller: acrPull" : undefined;
}

interface UsedNamespace {
  readonly name: string;
  readonly settings: Namespace;
  /** Where it is used. */
  readonly clusters: readonly { readonly key: string; readonly cluster: Cluster; readonly places: Places }[];
}

/** The namespaces of the file, each with all its clusters. */
function namespacesOf({ environment }: RuleContext): UsedNamespace[] {
  const { clusters, namespaces } = environment;
  const all = [...placesOf(environment)].flatMap(([key, places]) => {
    const cluster = clusters[key];
    return cluster ? [{ key, cluster, places }] : [];
  });
  return Object.entries(namespaces).map(([name, settings]) => {
    return { name, settings, clusters: all.filter(({ places }) => places.has(name)) };
  });
}

/** Whether the file says something of the pull secret of a namespace. */
function isNamed({ draft }: RuleContext, name: string): boolean {
  return draft.namespaces?.[name]?.pullSecret !== undefined;
}
