import { definitionOf, type CustomResourceDefinition } from "../kubernetes/custom-kinds";
import type { StructuralSchema } from "../kubernetes/structural-schema";

type Properties = Readonly<Record<string, StructuralSchema>>;

const TEXT: StructuralSchema = { type: "string" };
const TEXTS: StructuralSchema = { type: "object", additionalProperties: TEXT };
const NOT_EMPTY: StructuralSchema = { type: "string", minLength: 1 };

function object(properties: Properties, ...required: string[]): StructuralSchema {
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

function list(items: StructuralSchema): StructuralSchema {
  return { type: "array", items };
}

/** @param values The first is the default where `isDefault` says so. */
function choice(values: readonly string[], isDefault = false): StructuralSchema {
  return { type: "string", enum: values, ...(isDefault && { default: values[0] ?? "" }) };
}

const DECODING = choice(["Auto", "Base64", "Base64URL", "None"]);
const NULL_BYTES = choice(["Ignore", "Fail"]);
const STORE = object({ kind: choice(["SecretStore", "ClusterSecretStore"]), name: NOT_EMPTY });

const REMOTE = object(
  {
    ...{ key: TEXT, property: TEXT, version: TEXT, decodingStrategy: DECODING, nullBytePolicy: NULL_BYTES },
    ...{ conversionStrategy: choice(["Default", "Unicode"]), metadataPolicy: choice(["None", "Fetch"]) },
  },
  "key",
);

const SOURCE = object({
  storeRef: STORE,
  generatorRef: object(
    { apiVersion: { type: "string", default: "generators.external-secrets.io/v1alpha1" }, kind: TEXT, name: NOT_EMPTY },
    ...["kind", "name"],
  ),
});

const REWRITE = object({
  merge: object({
    ...{
      conflictPolicy: choice(["Error", "Ignore"], true),
      priorityPolicy: choice(["Strict", "IgnoreNotFound"], true),
    },
    ...{ strategy: choice(["Extract", "JSON"], true), into: { type: "string", default: "" }, priority: list(TEXT) },
  }),
  regexp: object({ source: TEXT, target: TEXT }, "source", "target"),
  transform: object({ template: TEXT }, "template"),
});

const KEYS = object(
  {
    items: list(object({ key: NOT_EMPTY, templateAs: choice(["Values", "KeysAndValues"], true) }, "key")),
    name: NOT_EMPTY,
  },
  ...["items", "name"],
);

const TEMPLATE = object({
  ...{ type: TEXT, data: TEXTS, engineVersion: choice(["v2"], true), mergePolicy: choice(["Replace", "Merge"], true) },
  metadata: object({ annotations: TEXTS, labels: TEXTS, finalizers: list(TEXT) }),
  templateFrom: list(
    object({
      ...{ configMap: KEYS, secret: KEYS, literal: TEXT, valuesDecodingStrategy: DECODING },
      target: { type: "string", default: "Data" },
    }),
  ),
});

/** As config/crds/bases of external-secrets 2.9.0, but for patterns and rules in CEL. */
const EXTERNAL_SECRET = object({
  refreshInterval: { type: "string", default: "1h0m0s" },
  refreshPolicy: choice(["CreatedOnce", "Periodic", "OnChange"]),
  secretStoreRef: STORE,
  data: list(object({ remoteRef: REMOTE, secretKey: NOT_EMPTY, sourceRef: SOURCE }, "remoteRef", "secretKey")),
  dataFrom: list(
    object({
      ...{ extract: REMOTE, rewrite: list(REWRITE), sourceRef: SOURCE },
      find: object({
        ...{
          conversionStrategy: choice(["Default", "Unicode"]),
          decodingStrategy: DECODING,
          nullBytePolicy: NULL_BYTES,
        },
        ...{ name: object({ regexp: TEXT }), path: TEXT, tags: TEXTS },
      }),
    }),
  ),
  syncWindows: object(
    {
      kind: choice(["allow", "deny"]),
      windows: list(object({ duration: TEXT, schedule: NOT_EMPTY }, "duration", "schedule")),
    },
    ...["kind", "windows"],
  ),
  target: {
    ...object({
      ...{ name: NOT_EMPTY, immutable: { type: "boolean" }, template: TEMPLATE },
      creationPolicy: choice(["Owner", "Orphan", "Merge", "None", "CreateOrMerge"], true),
      deletionPolicy: { ...choice(["Delete", "Merge", "Retain"]), default: "Retain" },
      manifest: object({ apiVersion: NOT_EMPTY, kind: NOT_EMPTY }, "apiVersion", "kind"),
    }),
    default: { creationPolicy: "Owner", deletionPolicy: "Retain" },
  },
});

const SECRET_KEY = object({ key: NOT_EMPTY, name: NOT_EMPTY, namespace: NOT_EMPTY });

const ACR_ACCESS_TOKEN = object(
  {
    auth: object({
      managedIdentity: object({ identityId: TEXT }),
      servicePrincipal: object(
        { secretRef: object({ clientId: SECRET_KEY, clientSecret: SECRET_KEY }) },
        ...["secretRef"],
      ),
      workloadIdentity: object({
        serviceAccountRef: object({ audiences: list(TEXT), name: NOT_EMPTY, namespace: NOT_EMPTY }, "name"),
      }),
    }),
    environmentType: choice(
      ["PublicCloud", "USGovernmentCloud", "ChinaCloud", "GermanCloud", "AzureStackCloud"],
      ...[true],
    ),
    ...{ registry: TEXT, scope: TEXT, tenantId: TEXT },
  },
  ...["auth", "registry"],
);

export const EXTERNAL_SECRETS_KINDS: readonly CustomResourceDefinition[] = [
  definitionOf("external-secrets.io/v1", "ExternalSecret", true, EXTERNAL_SECRET),
  definitionOf("generators.external-secrets.io/v1alpha1", "ACRAccessToken", true, ACR_ACCESS_TOKEN),
];
