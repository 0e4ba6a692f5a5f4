import { billionthsOf } from "../quantity";

/** What a single text must be, wherever it stands. */
export interface Format {
  /** Stable name, for people. */
  readonly id: string;
  readonly message: string;
  /** Where it comes from. */
  readonly source: string;
  readonly pattern: RegExp;
  /** What a pattern cannot say. @default - nothing */
  readonly also?: (value: string) => boolean;
}

const KUBERNETES = "https://github.com/kubernetes/apimachinery/blob/master/pkg";
const CONTENT = `${KUBERNETES}/api/validate/content`;

const SUBDOMAIN = /[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/.source;
const CASELESS = SUBDOMAIN.replaceAll("a-z", "A-Za-z");
const NAME = /[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?/.source;

/** A name after an optional DNS name and a slash. */
function qualified(subdomain: string): RegExp {
  return new RegExp(`^((?=[^/]{1,253}/)${subdomain}/)?${NAME}$`);
}

const QUALIFIED =
  "at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends, after an optional DNS name and '/'";

export const DNS_LABEL: Format = {
  id: "dns-label",
  message: "must be an RFC 1123 label: at most 63 lowercase letters, digits or hyphens, alphanumeric at both ends",
  source: `${CONTENT}/dns.go`,
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
};

/** Names of secrets and of config maps. */
export const DNS_SUBDOMAIN: Format = {
  id: "dns-subdomain",
  message:
    "must be an RFC 1123 subdomain: at most 253 lowercase letters, digits, hyphens or dots, alphanumeric at the ends of each part",
  source: `${CONTENT}/dns.go`,
  pattern: new RegExp(`^(?=.{1,253}$)${SUBDOMAIN}$`),
};

/** Of secrets and of config maps. */
export const DATA_KEY: Format = {
  id: "data-key",
  message: "must be a key of a secret or a config map: at most 253 letters, digits, '-', '_' or '.'",
  source: `${KUBERNETES}/util/validation/validation.go`,
  pattern: /^(?!\.\.?$)(?!\.\.)[-._a-zA-Z0-9]{1,253}$/,
};

/** As a DNS label, but for the first character. */
export const SERVICE_NAME: Format = {
  id: "service-name",
  message: "must be at most 63 lowercase letters, digits or hyphens, the first a letter, the last no hyphen",
  source: `${CONTENT}/dns.go`,
  pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
};

export const LABEL_KEY: Format = {
  id: "label-key",
  message: `must be a label key: ${QUALIFIED}`,
  source: `${CONTENT}/kube.go`,
  pattern: qualified(SUBDOMAIN),
};

export const LABEL_VALUE: Format = {
  id: "label-value",
  message: "must be a label value: at most 63 letters, digits, '-', '_' or '.', alphanumeric at both ends",
  source: `${CONTENT}/kube.go`,
  pattern: new RegExp(`^(${NAME})?$`),
};

/** As that of a label, but for the case of the DNS name's letters. */
export const ANNOTATION_KEY: Format = {
  id: "annotation-key",
  message: `must be an annotation key: ${QUALIFIED}`,
  source: `${KUBERNETES}/api/validation/objectmeta.go`,
  pattern: qualified(CASELESS),
};

/** What every shell can read: the API server takes hyphens and dots as well. */
export const VARIABLE_NAME: Format = {
  id: "variable-name",
  message: "must be an environment variable name",
  source: "https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html",
  pattern: /^[A-Za-z_]\w*$/,
};

export const QUANTITY: Format = {
  id: "quantity",
  message: "must be a Kubernetes quantity such as 100m or 128Mi",
  source: `${KUBERNETES}/api/resource/quantity.go`,
  pattern: /^[+\d.][\d.]*([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,2})?$/,
  also: (value) => billionthsOf(value) !== undefined,
};

export const MOUNT_PATH: Format = {
  id: "mount-path",
  message: "must be an absolute path in the container",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container",
  pattern: /^\/\S+$/,
};

export const RESOURCE_GROUP: Format = {
  id: "resource-group",
  message: "must be a resource group name: at most 90 letters, digits, '_', '-', '.', '(' or ')', not ending in '.'",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources",
  pattern: /^[\w.()-]{0,89}[\w()-]$/,
};

export const AKS_NAME: Format = {
  id: "aks-name",
  message: "must be the name of an AKS cluster: at most 63 letters, digits, '_' or '-', alphanumeric at both ends",
  source:
    "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice",
  pattern: /^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$/,
};

export const REGISTRY_NAME: Format = {
  id: "registry-name",
  message: "must be 5-50 lowercase letters or digits",
  source:
    "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerregistry",
  pattern: /^[a-z0-9]{5,50}$/,
};

/** A domain name label of the registry may be in its host: names alone do not say it. */
export const FORMER_REGISTRY: Format = {
  id: "former-registry",
  message: "must be the name of a registry, or its host",
  source:
    "https://learn.microsoft.com/azure/container-registry/container-registry-get-started-portal#configure-domain-name-label",
  pattern: /^([a-z0-9]{5,50}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/,
};

/** Of scope maps, and with `-0` and so on of tokens. */
export const TOKEN_NAME: Format = {
  id: "token-name",
  message: "must be 5-47 letters, digits or hyphens, the first a letter",
  source:
    "https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/containers/validate/container_registry_token_name.go",
  pattern: /^[a-zA-Z][a-zA-Z0-9-]{4,46}$/,
};

export const VAULT_NAME: Format = {
  id: "vault-name",
  message: "must be 3-24 letters, digits or hyphens that begin with a letter",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault",
  pattern: /^(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*$/,
};

export const TAG_NAME: Format = {
  id: "tag-name",
  message: "must be a tag name of at most 512 characters without < > % & \\ ? /",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations",
  pattern: /^[^<>%&\\?/]{1,512}$/,
};

/** Of service account tokens: https, since Entra ID takes its keys from there. Compared letter by letter, the last slash too. */
export const ISSUER: Format = {
  id: "issuer",
  message: "must be the https URL that tokens of the cluster's service accounts have as iss, at most 600 characters",
  source: "https://learn.microsoft.com/graph/api/resources/federatedidentitycredential",
  pattern: /^(?=.{1,600}$)https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[\w.~/-]*)?$/,
};

/** Of the formats of Kubernetes and of Azure, all that are used. */
export const FORMATS: readonly Format[] = [
  DNS_LABEL,
  DNS_SUBDOMAIN,
  DATA_KEY,
  LABEL_KEY,
  LABEL_VALUE,
  ANNOTATION_KEY,
  VARIABLE_NAME,
  QUANTITY,
  MOUNT_PATH,
  RESOURCE_GROUP,
  AKS_NAME,
  REGISTRY_NAME,
  FORMER_REGISTRY,
  TOKEN_NAME,
  VAULT_NAME,
  ISSUER,
  TAG_NAME,
];
