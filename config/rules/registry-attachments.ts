import { isBuilt } from "../built";
import { MOST_WEBHOOKS } from "../sku-options";
import { numberOf, rangeOf } from "../version-range";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

/** Maps of the registry whose entries have names that Azure takes once. */
const NAMED = ["privateEndpoints", "webhooks", "cacheRules", "credentialSets"] as const;

const namedTwice: Rule = {
  id: "registry-named-twice",
  about: NAMED.map((map) => `registry.${map}.<key>.name`).join(", "),
  message: "is the name of registry.{map}.{other} as well: Azure takes each once, whatever the case of its letters",
  check: ({ draft: { registry } }) =>
    NAMED.flatMap((map) => {
      const names = new Map<string, string>();
      return entriesOf<{ readonly name?: string | undefined }>(registry?.[map]).flatMap(
        ([key, { name }]): Finding[] => {
          const other = name === undefined ? undefined : names.get(name.toLowerCase());
          if (name !== undefined && other === undefined) names.set(name.toLowerCase(), key);
          return other === undefined ? [] : [{ path: ["registry", map, key, "name"], values: { map, other } }];
        },
      );
    }),
};

const tooManyWebhooks: Rule = {
  id: "webhooks-of-sku",
  about: "registry.webhooks",
  message: "must be at most {most} webhooks with sku {sku}, and are {count}",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-skus",
  check: ({ draft: { registry } }) => {
    const { sku, webhooks } = registry ?? {};
    if (sku === undefined || !webhooks) return [];
    const [most, count] = [MOST_WEBHOOKS[sku], Object.keys(webhooks).length];
    return count > most ? [{ path: ["registry", "webhooks"], values: { most, sku, count }, showValue: false }] : [];
  },
};

const cacheWildcard: Rule = {
  id: "cache-wildcard",
  about: "registry.cacheRules.<key>.repository",
  message: "must end in /* where source does, and only there",
  source: "https://learn.microsoft.com/azure/container-registry/wildcards-artifact-cache",
  check: (context) =>
    cacheRules(context, ({ source, repository }) => source.endsWith("/*") !== repository.endsWith("/*")),
};

const cacheTwice: Rule = {
  id: "cache-twice",
  about: "registry.cacheRules.<key>.repository",
  message: "is the repository of another cache rule",
  check: (context) =>
    cacheRules(context, ({ repository }, index, all) => all.findIndex((one) => one.repository === repository) < index),
};

const cacheOverImage: Rule = {
  id: "cache-over-image",
  about: "registry.cacheRules.<key>.repository",
  message: "is the repository of an image that is built here: a cache rule takes over what it names",
  source: "https://learn.microsoft.com/azure/container-registry/artifact-cache-overview",
  check: (context) => {
    const own = Object.values(context.environment.images).flatMap(({ repository, origin }) =>
      isBuilt(origin) ? [repository] : [],
    );
    return cacheRules(context, ({ repository }) =>
      own.some((name) => (repository.endsWith("/*") ? name.startsWith(repository.slice(0, -1)) : name === repository)),
    );
  },
};

const credentialSet: Rule = {
  id: "credential-set",
  about: "registry.cacheRules.<key>.credentialSet",
  message: "must be a key of registry.credentialSets whose loginServer is the host of source",
  check: ({ draft: { registry } }) =>
    entriesOf<{ readonly source?: string | undefined; readonly credentialSet?: string | undefined }>(
      registry?.cacheRules,
    ).flatMap(([key, { source, credentialSet: name }]): Finding[] => {
      if (name === undefined || source === undefined) return [];
      const sets = new Map(entriesOf<{ readonly loginServer?: string | undefined }>(registry?.credentialSets));
      const set = sets.get(name);
      const isRight = set && (set.loginServer === undefined || source.startsWith(`${set.loginServer}/`));
      return isRight ? [] : [{ path: ["registry", "cacheRules", key, "credentialSet"] }];
    }),
};

const secretTwice: Rule = {
  id: "secret-twice",
  about: "registry.credentialSets.<key>.passwordSecret",
  message: "must be another secret than usernameSecret",
  check: ({ draft: { registry } }) =>
    entriesOf<{ readonly usernameSecret?: string | undefined; readonly passwordSecret?: string | undefined }>(
      registry?.credentialSets,
    ).flatMap(([key, { usernameSecret, passwordSecret }]): Finding[] =>
      passwordSecret !== undefined && usernameSecret === passwordSecret
        ? [{ path: ["registry", "credentialSets", key, "passwordSecret"] }]
        : [],
    ),
};

const diagnosticsOfNothing: Rule = {
  id: "diagnostics",
  about: "registry.diagnostics",
  message: "must have a workspaceId or a storageAccountId, and events or metrics",
  source: "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings",
  check: ({ environment: { registry } }) => {
    const { diagnostics } = registry ?? {};
    if (!diagnostics) return [];
    const { workspaceId, storageAccountId, events, metrics } = diagnostics;
    const isSome = (workspaceId ?? storageAccountId) !== undefined && (events.length > 0 || metrics);
    return isSome ? [] : [{ path: ["registry", "diagnostics"], showValue: false }];
  },
};

const roleTwice: Rule = {
  id: "role-twice",
  about: "registry.roles.push[], registry.roles.pull[]",
  message: "is listed before: each once, and who pushes may pull as well",
  check: ({ draft: { registry } }) => {
    const seen = new Set<string>();
    return (["push", "pull"] as const).flatMap((list) =>
      (registry?.roles?.[list] ?? []).flatMap((id, index): Finding[] => {
        const isRepeated = id !== undefined && seen.has(id);
        if (id !== undefined) seen.add(id);
        return isRepeated ? [{ path: ["registry", "roles", list, index] }] : [];
      }),
    );
  },
};

/** First version of azurerm that has it no more. */
const NO_TRUST = [5];

const contentTrust: Rule = {
  id: "content-trust",
  about: "registry.contentTrust",
  message: "needs azurerm before 5.0.0: add < 5.0.0 to providers.azurerm",
  source:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/guides/5.0-upgrade-guide.html.markdown",
  check: ({ draft: { registry }, environment: { providers } }) => {
    const constraint = providers?.azurerm;
    if (registry?.contentTrust === undefined || constraint === undefined) return [];
    const { low, high } = rangeOf(constraint);
    return Math.max(low, numberOf(NO_TRUST)) < high ? [{ path: ["registry", "contentTrust"] }] : [];
  },
};

export const registryAttachmentRules = [
  namedTwice,
  tooManyWebhooks,
  cacheWildcard,
  cacheTwice,
  cacheOverImage,
  credentialSet,
  secretTwice,
  diagnosticsOfNothing,
  roleTwice,
  contentTrust,
];

interface CacheRule {
  readonly source: string;
  readonly repository: string;
}

function cacheRules(
  { draft: { registry } }: RuleContext,
  isWrong: (rule: CacheRule, index: number, all: readonly CacheRule[]) => boolean,
): Finding[] {
  const whole = entriesOf<Partial<CacheRule>>(registry?.cacheRules).flatMap(([key, { source, repository }]) =>
    source !== undefined && repository !== undefined ? [{ key, source, repository }] : [],
  );
  return whole
    .filter((rule, index) => isWrong(rule, index, whole))
    .map(({ key }) => ({ path: ["registry", "cacheRules", key, "repository"] }));
}
