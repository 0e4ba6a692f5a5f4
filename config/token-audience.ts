import type { Federated } from "./environment";

/**
 * Audience of the service account tokens that each controller asks for: AzureDefaultAudience in external-secrets v2.9.0, and the
 * default of --service-account-token-audience in msi-acrpull v0.1.24.
 */
export const TOKEN_AUDIENCES = {
  externalSecrets: "api://AzureADTokenExchange",
  acrPull: "api://AzureCRTokenExchange",
} as const satisfies Record<Federated["controller"], string>;
