import { isBuilt } from "../built";
import { MOST_WEBHOOKS } from "../sku-options";
import { numberOf, rangeOf } from "../version-range";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

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
  about: "registry.roles.pull[]",
  message: "is listed in push as well, and who pushes may pull",
  check: ({ draft: { registry } }) => {
    const { push = [], pull = [] } = registry?.roles ?? {};
    return pull.flatMap((id, index): Finding[] =>
      id !== undefined && push.includes(id) ? [{ path: ["registry", "roles", "pull", index] }] : [],
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
  tooManyWebhooks,
  cacheWildcard,
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

function cacheRules({ draft: { registry } }: RuleContext, isWrong: (rule: CacheRule) => boolean): Finding[] {
  const whole = entriesOf<Partial<CacheRule>>(registry?.cacheRules).flatMap(([key, { source, repository }]) =>
    source !== undefined && repository !== undefined ? [{ key, source, repository }] : [],
  );
  return whole.filter(isWrong).map(({ key }) => ({ path: ["registry", "cacheRules", key, "repository"] }));
}
