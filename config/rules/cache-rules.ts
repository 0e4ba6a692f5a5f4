import { isBuilt } from "../built";
import { canonicalSource } from "../cached-images";
import { UPSTREAM_HOSTS, upstreamLogin } from "../upstreams";
import { CACHE_SOURCE, CACHE_TARGET } from "./azure-formats";
import { entriesOf, type Finding, type Rule, type RuleContext } from "./rule";

const OVERVIEW = "https://learn.microsoft.com/azure/container-registry/artifact-cache-overview";
const WILDCARDS = "https://learn.microsoft.com/azure/container-registry/wildcards-artifact-cache";

/** Of one registry: same source. */
const MOST_RULES = 1000;

const tooMany: Rule = {
  id: "number-of-cache-rules",
  about: "registry.cacheRules",
  message: `must be at most ${MOST_RULES} rules, and are {count}`,
  source: OVERVIEW,
  check: ({ draft: { registry } }) => {
    const count = Object.keys(registry?.cacheRules ?? {}).length;
    return count > MOST_RULES ? [{ path: ["registry", "cacheRules"], values: { count }, showValue: false }] : [];
  },
};

const wildcard: Rule = {
  id: "cache-wildcard",
  about: "registry.cacheRules.<key>.repository",
  message: "must end in /* where source does, and only there",
  source: WILDCARDS,
  check: (context) =>
    find(context, "repository", ({ source, repository }) => isWildcard(source) !== isWildcard(repository)),
};

const overImage: Rule = {
  id: "cache-over-image",
  about: "registry.cacheRules.<key>.repository",
  message: "is the repository of an image that is built here: a cache rule takes over what it names",
  source: OVERVIEW,
  check: (context) => {
    const own = Object.values(context.environment.images).flatMap(({ repository, origin }) =>
      isBuilt(origin) ? [repository] : [],
    );
    return find(context, "repository", ({ repository }) =>
      own.some((name) => (isWildcard(repository) ? name.startsWith(above(repository)) : name === repository)),
    );
  },
};

const overlap: Rule = {
  id: "cache-overlap",
  about: "registry.cacheRules.<key>.repository",
  message: "overlaps with that of registry.cacheRules.{other}: Azure has one wildcard for a repository",
  source: WILDCARDS,
  check: (context) =>
    find(context, "repository", ({ repository }, earlier) => {
      if (!isWildcard(repository)) return undefined;
      return earlier.find(
        (other) =>
          isWildcard(other.repository) &&
          // Of equal ones all files together are told.
          other.repository !== repository &&
          (above(repository).startsWith(above(other.repository)) ||
            above(other.repository).startsWith(above(repository))),
      );
    }),
};

const sourceTwice: Rule = {
  id: "cache-source-twice",
  about: "registry.cacheRules.<key>.source",
  message: "is the source of registry.cacheRules.{other} as well: an image of elsewhere has one place here",
  check: (context) =>
    find(context, "source", ({ source }, earlier) =>
      earlier.find((other) => canonicalSource(other.source) === canonicalSource(source)),
    ),
};

const upstream: Rule = {
  id: "cache-upstream",
  about: "registry.cacheRules.<key>.source",
  message: `must be of a registry that Azure fetches from: ${UPSTREAM_HOSTS}`,
  source: `${OVERVIEW}#upstream-support`,
  check: (context) => find(context, "source", ({ source }) => upstreamLogin(hostOf(source)) === undefined),
};

const loginWanted: Rule = {
  id: "cache-login",
  about: "registry.cacheRules.<key>",
  message: "needs a credentialSet: without a login {host} serves Azure few images an hour, and then none",
  source: `${OVERVIEW}#upstream-support`,
  warns: true,
  check: (context) =>
    rulesOf(context).flatMap(({ key, source, credentialSet }): Finding[] => {
      const host = hostOf(source);
      const lacks = credentialSet === undefined && upstreamLogin(host) === "wanted";
      return lacks ? [{ path: ["registry", "cacheRules", key], values: { host }, atKey: true, showValue: false }] : [];
    }),
};

const loginImpossible: Rule = {
  id: "cache-without-login",
  about: "registry.cacheRules.<key>.credentialSet",
  message: "must be left out: Azure fetches from mcr.microsoft.com and public.ecr.aws without a login",
  source: `${OVERVIEW}#upstream-support`,
  check: (context) =>
    find(
      context,
      "credentialSet",
      ({ source, credentialSet }) => credentialSet !== undefined && upstreamLogin(hostOf(source)) === "impossible",
    ),
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

export const cacheRuleRules = [
  tooMany,
  wildcard,
  overImage,
  overlap,
  sourceTwice,
  upstream,
  loginWanted,
  loginImpossible,
  credentialSet,
  secretTwice,
];

interface CacheRule {
  readonly key: string;
  readonly source: string;
  readonly repository: string;
  readonly credentialSet?: string | undefined;
}

/** Those whose source and repository are right by themselves. */
function rulesOf({ draft: { registry } }: RuleContext): CacheRule[] {
  return entriesOf<Partial<Omit<CacheRule, "key">>>(registry?.cacheRules).flatMap(
    ([key, { source, repository, credentialSet: set }]) =>
      source !== undefined &&
      repository !== undefined &&
      CACHE_SOURCE.pattern.test(source) &&
      CACHE_TARGET.pattern.test(repository)
        ? [{ key, source, repository, credentialSet: set }]
        : [],
  );
}

/** @param isWrong Sees a rule and those before it; may say which other one it is about. */
function find(
  context: RuleContext,
  about: "source" | "repository" | "credentialSet",
  isWrong: (rule: CacheRule, earlier: readonly CacheRule[]) => boolean | CacheRule | undefined,
): Finding[] {
  return rulesOf(context).flatMap((rule, index, all): Finding[] => {
    const found = isWrong(rule, all.slice(0, index));
    if (found === undefined || found === false) return [];
    const values = found === true ? {} : { values: { other: found.key } };
    return [{ path: ["registry", "cacheRules", rule.key, about], ...values }];
  });
}

function isWildcard(name: string): boolean {
  return name === "*" || name.endsWith("/*");
}

/** What the names begin with that a wildcard stands for. */
function above(wildcardName: string): string {
  return wildcardName.slice(0, -1);
}

function hostOf(source: string): string {
  return source.slice(0, source.indexOf("/"));
}
