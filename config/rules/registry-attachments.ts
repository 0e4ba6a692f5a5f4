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

export const registryAttachmentRules = [tooManyWebhooks, diagnosticsOfNothing, roleTwice, contentTrust];
