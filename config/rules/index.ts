import type { Problem } from "../problem";
import { adoptionRules } from "./adoption";
import { alternativeRules } from "./alternatives";
import { azureNameRules } from "./azure-names";
import { buildContextRules } from "./build-contexts";
import { cacheRuleRules } from "./cache-rules";
import { clusterRules } from "./clusters";
import { defaultsRules } from "./defaults";
import { dockerfileRules } from "./dockerfiles";
import { federationRules } from "./federation";
import { imageRules } from "./images";
import { listRules } from "./lists";
import { manifestRules } from "./manifests";
import { nameRules } from "./names";
import { namespaceRules } from "./namespaces";
import { providerVersionRules } from "./provider-versions";
import { pullRules } from "./pulls";
import { pullSecretRules } from "./pull-secrets";
import { referenceRules } from "./references";
import { registryRules } from "./registry";
import { registryAttachmentRules } from "./registry-attachments";
import { registryNetworkRules } from "./registry-network";
import { resourceRules } from "./resources";
import { roleNameRules } from "./role-names";
import { rotationRules } from "./rotation";
import type { Finding, Rule, RuleContext } from "./rule";
import { selectorRules } from "./selectors";
import { serviceRules } from "./services";
import { tagRules } from "./tags";
import { tenantRules } from "./tenants";
import { uniquenessRules } from "./uniqueness";
import { variableRules } from "./variables";
import { podRules } from "./pods";
import { workloadRules } from "./workloads";

/** Every rule between the values of environment files. What a single value must be stands in config/schema/. */
export const RULES: readonly Rule[] = [
  ...nameRules,
  ...defaultsRules,
  ...alternativeRules,
  ...tagRules,
  ...registryRules,
  ...registryNetworkRules,
  ...cacheRuleRules,
  ...registryAttachmentRules,
  ...providerVersionRules,
  ...imageRules,
  ...buildContextRules,
  ...dockerfileRules,
  ...pullRules,
  ...federationRules,
  ...roleNameRules,
  ...rotationRules,
  ...azureNameRules,
  ...tenantRules,
  ...clusterRules,
  ...namespaceRules,
  ...pullSecretRules,
  ...listRules,
  ...workloadRules,
  ...podRules,
  ...resourceRules,
  ...serviceRules,
  ...variableRules,
  ...selectorRules,
  ...manifestRules,
  ...adoptionRules,
  ...referenceRules,
  ...uniquenessRules,
];

/** Everything that is refused in a file. */
export function refusals(context: RuleContext): Problem[] {
  return RULES.filter(({ warns }) => !warns).flatMap((rule) => problemsOf(rule, context));
}

/** What is allowed in a file, but risky. */
export function warnings(context: RuleContext): Problem[] {
  return RULES.filter(({ warns }) => warns).flatMap((rule) => problemsOf(rule, context));
}

function problemsOf(rule: Rule, context: RuleContext): Problem[] {
  return rule.check(context).map(({ values, suggestion = "", ...place }: Finding) => ({
    ...place,
    rule: `${fill(rule.message, values ?? {})}${suggestion}`,
  }));
}

function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
