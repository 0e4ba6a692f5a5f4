import { definitionOf, type CustomResourceDefinition } from "../kubernetes/custom-kinds";
import type { StructuralSchema } from "../kubernetes/structural-schema";

const TEXT: StructuralSchema = { type: "string" };
const NOT_EMPTY: StructuralSchema = { type: "string", minLength: 1 };

/** As config/helm/templates/acrpull.microsoft.com_acrpullbindings.yaml of msi-acrpull 0.1.24, but for rules in CEL. */
const SPEC: StructuralSchema = {
  type: "object",
  properties: {
    acr: {
      type: "object",
      required: ["environment", "scope", "server"],
      properties: {
        cloudConfig: {
          type: "object",
          required: ["entraAuthorityHost", "resourceManagerAudience"],
          properties: { entraAuthorityHost: NOT_EMPTY, resourceManagerAudience: NOT_EMPTY },
        },
        environment: {
          type: "string",
          default: "PublicCloud",
          enum: ["PublicCloud", "USGovernmentCloud", "ChinaCloud", "AirgappedCloud"],
        },
        scope: NOT_EMPTY,
        server: TEXT,
      },
    },
    auth: {
      type: "object",
      properties: {
        managedIdentity: { type: "object", properties: { clientID: TEXT, resourceID: TEXT } },
        workloadIdentity: {
          type: "object",
          required: ["serviceAccountRef"],
          properties: { clientID: TEXT, serviceAccountRef: TEXT, tenantID: TEXT },
        },
      },
    },
    serviceAccountName: TEXT,
  },
};

export const ACR_PULL_KINDS: readonly CustomResourceDefinition[] = [
  definitionOf("acrpull.microsoft.com/v1beta2", "AcrPullBinding", true, SPEC),
];
