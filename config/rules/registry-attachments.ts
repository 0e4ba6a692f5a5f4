import { MOST_WEBHOOKS } from "../sku-options";
import { numberOf, rangeOf } from "../version-range";
import type { Finding, Rule } from "./rule";

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

const trustOfNobody: Rule = {
  id: "trust-of-nobody",
  about: "registry.contentTrust",
  message:
    "does nothing for pods: the registry goes on serving what nobody has signed, and no kubelet asks for a signature. Azure takes it away on 2028-03-31",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-content-trust-deprecation",
  warns: true,
  check: ({ draft: { registry } }) =>
    registry?.contentTrust === true ? [{ path: ["registry", "contentTrust"], showValue: false }] : [],
};

const trustWithKey: Rule = {
  id: "trust-with-key",
  about: "registry.contentTrust",
  message: "must be left out with customerManagedKey: Azure has it in no registry that such a key encrypts",
  source: "https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.ACR.ContentTrust",
  check: ({ draft: { registry } }) =>
    registry?.contentTrust === true && registry.customerManagedKey ? [{ path: ["registry", "contentTrust"] }] : [],
};

const quarantine: Rule = {
  id: "quarantine",
  about: "registry.quarantine",
  message:
    "is a preview of Azure that holds back all that is pushed, by builds here too: pods start when a scanner that is AcrQuarantineWriter has released their images, and rollouts fail that it is too slow for",
  source: "https://github.com/Azure/acr/tree/main/docs/preview/quarantine",
  warns: true,
  check: ({ draft: { registry } }) =>
    registry?.quarantine === true ? [{ path: ["registry", "quarantine"], showValue: false }] : [],
};

export const registryAttachmentRules = [
  tooManyWebhooks,
  diagnosticsOfNothing,
  roleTwice,
  contentTrust,
  trustOfNobody,
  trustWithKey,
  quarantine,
];
