import { registryDomain } from "../registry-hosts";
import { isMapping } from "../mapping";
import { SKUS } from "../schema/registry";
import { SKU_OPTIONS } from "../sku-options";
import type { Draft } from "../parse";
import { lowestMajor } from "../version-range";
import type { WrittenRegistry } from "../schema/environment";
import type { Finding, Rule, RuleContext } from "./rule";

type Option = keyof WrittenRegistry;

/** What describes a registry that is made here, and says nothing about one that is adopted. */
const ONLY_WHEN_CREATED: readonly Option[] = [
  "location",
  "sku",
  "adminUser",
  "anonymousPull",
  "publicAccess",
  "network",
  "retentionDays",
  "zoneRedundancy",
  "georeplications",
  "deleteProtection",
  "exportPolicy",
  "quarantine",
  "contentTrust",
  "customerManagedKey",
  "tags",
];

const adopted: Rule = {
  id: "adopted-registry",
  about: ONLY_WHEN_CREATED.map((option) => `registry.${option}`).join(", "),
  message: "must be left out: the registry is adopted (existing: true)",
  check: ({ draft: { registry } }) =>
    registry?.existing === true ? ONLY_WHEN_CREATED.filter((option) => registry[option] !== undefined).map(at) : [],
};

const created: Rule = {
  id: "created-registry",
  about: "registry.location, registry.sku",
  message: "is required to create a registry",
  check: (context) =>
    whenCreated(context, (registry) =>
      (["location", "sku"] as const).filter((option) => !(option in registry)).map(at),
    ),
};

/** Of azurerm, from which on it sets the mode. */
const MODE_SINCE_MAJOR = 5;

const mode: Rule = {
  id: "repository-permissions",
  about: "registry.repositoryPermissions",
  message:
    "of a registry that is made here needs azurerm 5 or later: providers.azurerm has to leave older versions out, such as >= 5.0.0",
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/container_registry",
  check: (context) =>
    whenCreated(context, ({ repositoryPermissions }) => {
      const constraint = context.environment.providers?.azurerm;
      const isNew = constraint !== undefined && lowestMajor(constraint) >= MODE_SINCE_MAJOR;
      return repositoryPermissions && !isNew ? [at("repositoryPermissions")] : [];
    }),
};

const sku: Rule = {
  id: "sku",
  about: SKU_OPTIONS.map(({ path }) => `registry.${path.join(".")}`).join(", "),
  message: "needs sku {lowest}, and sku is {sku}",
  // `terraform validate` sees none of these, and some fail only at apply.
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-skus",
  check: (context) =>
    whenCreated(context, (registry) => {
      const { sku: own } = registry;
      if (own === undefined) return [];
      return SKU_OPTIONS.filter(({ path, harmless, sku: lowest }) => {
        const value = path.reduce<unknown>((above, name) => (isMapping(above) ? above[name] : undefined), registry);
        return value !== undefined && value !== harmless && SKUS.indexOf(own) < SKUS.indexOf(lowest);
      }).map(({ path, sku: lowest }) => ({
        path: ["registry", ...path],
        values: { lowest: SKUS.slice(SKUS.indexOf(lowest)).join(" or "), sku: own },
      }));
    }),
};

const replicaAtHome: Rule = {
  id: "replica-at-home",
  about: "registry.georeplications[].location",
  message: "must differ from registry.location",
  check: (context) => replicasWhere(context, (location, _index, _all, registry) => location === registry.location),
};

const replicaTwice: Rule = {
  id: "replica-twice",
  about: "registry.georeplications[].location",
  message: "is listed twice",
  check: (context) => replicasWhere(context, (location, index, all) => all.indexOf(location) < index),
};

const adminUser: Rule = {
  id: "admin-user",
  about: "registry.adminUser",
  message:
    "gives everybody who holds it push and pull on all repositories, and its password lies in the registry's state",
  warns: true,
  check: (context) =>
    whenCreated(context, (registry) => (registry.adminUser ? [{ ...at("adminUser"), showValue: false }] : [])),
};

const former: Rule = {
  id: "former-registry",
  about: "registry.formerly[]",
  message: "must be another registry than registry.name",
  check: ({ draft: { registry }, environment: { azure } }) =>
    (registry?.formerly ?? []).flatMap((known, index) => {
      const own = registry?.name;
      const isOwn = own !== undefined && (known === own || (azure && known === `${own}.${registryDomain(azure)}`));
      return isOwn ? [{ path: ["registry", "formerly", index] }] : [];
    }),
};

export const registryRules = [adopted, created, mode, sku, replicaAtHome, replicaTwice, adminUser, former];

type DraftRegistry = Draft<WrittenRegistry>;

function at(option: Option): Finding {
  return { path: ["registry", option] };
}

function whenCreated({ draft: { registry } }: RuleContext, check: (registry: DraftRegistry) => Finding[]): Finding[] {
  return registry?.existing === false ? check(registry) : [];
}

function replicasWhere(
  context: RuleContext,
  isWrong: (location: string, index: number, all: (string | undefined)[], registry: DraftRegistry) => boolean,
): Finding[] {
  return whenCreated(context, (registry) => {
    const all = (registry.georeplications ?? []).map((replica) => replica?.location);
    return all.flatMap((location, index) =>
      location !== undefined && isWrong(location, index, all, registry)
        ? [{ path: ["registry", "georeplications", index, "location"] }]
        : [],
    );
  });
}
