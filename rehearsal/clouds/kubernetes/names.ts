import type { NewMetadata } from "./api-object";
import type { Kind } from "./kinds";

/** The API server's rules for names, labels and annotations, in its words: k8s.io/apimachinery, util/validation. */

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const SERVICE = "[a-z]([-a-z0-9]*[a-z0-9])?";
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const VALUE = `(${QUALIFIED})?`;
const MAX_ANNOTATIONS = 262144;

const isLike = (text: string, pattern: string) => new RegExp(`^${pattern}$`).test(text);
const tooLong = (text: string, length: number) =>
  text.length > length ? [`must be no more than ${length} characters`] : [];

/** @returns What is wrong with a name of the form `my-name`. */
export function labelNameFaults(name: string): string[] {
  if (isLike(name, LABEL)) return tooLong(name, 63);
  return [
    ...tooLong(name, 63),
    `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
  ];
}

function subdomainFaults(name: string): string[] {
  if (isLike(name, SUBDOMAIN)) return tooLong(name, 253);
  return [
    ...tooLong(name, 253),
    `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
  ];
}

function serviceNameFaults(name: string): string[] {
  if (isLike(name, SERVICE)) return tooLong(name, 63);
  return [
    ...tooLong(name, 63),
    `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${SERVICE}')`,
  ];
}

/** Roles are called what people like, as long as it fits into the path of a URL. */
function segmentFaults(name: string): string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((character) => name.includes(character)).map((one) => `may not contain '${one}'`);
}

const NAME_RULES: Readonly<Record<string, (name: string) => string[]>> = {
  ...{ ClusterRole: segmentFaults, ClusterRoleBinding: segmentFaults, Role: segmentFaults, RoleBinding: segmentFaults },
  Namespace: labelNameFaults,
  Service: serviceNameFaults,
};

/** @returns What is wrong with a key of labels or annotations. */
export function keyFaults(key: string): string[] {
  const [first = "", second, ...more] = key.split("/");
  const rule = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`;
  if (more.length > 0) {
    return [`a qualified name ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const [prefix, name] = second === undefined ? [undefined, first] : [first, second];
  const faults =
    prefix === undefined ? [] : prefix === "" ? ["prefix part must be non-empty"] : subdomainFaults(prefix);
  if (name === "") return [...faults, "name part must be non-empty"];
  return [
    ...(prefix ? faults.map((fault) => `prefix part ${fault}`) : faults),
    ...tooLong(name, 63).map((fault) => `name part ${fault}`),
    ...(isLike(name, QUALIFIED) ? [] : [`name part ${rule}`]),
  ];
}

/** @returns What is wrong with the value of a label. */
export function valueFaults(value: string): string[] {
  if (isLike(value, VALUE)) return tooLong(value, 63);
  return [
    ...tooLong(value, 63),
    `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${VALUE}')`,
  ];
}

/** @param path `metadata.labels`. */
export function labelFaults(labels: Readonly<Record<string, string>> | undefined, path: string): string[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...invalid(path, key, keyFaults(key)),
    ...invalid(path, value, valueFaults(value)),
  ]);
}

export function metadataFaults({ kind }: Kind, metadata: NewMetadata): string[] {
  const { name, namespace, labels, annotations = {} } = metadata;
  const size = Object.entries(annotations).reduce((sum, entry) => sum + Buffer.byteLength(entry.join("")), 0);
  return [
    ...invalid("metadata.name", name, (NAME_RULES[kind] ?? subdomainFaults)(name)),
    ...(namespace === undefined ? [] : invalid("metadata.namespace", namespace, labelNameFaults(namespace))),
    ...labelFaults(labels, "metadata.labels"),
    ...Object.keys(annotations).flatMap((key) => invalid("metadata.annotations", key, keyFaults(key.toLowerCase()))),
    ...(size > MAX_ANNOTATIONS
      ? [`metadata.annotations: Too long: may not be more than ${MAX_ANNOTATIONS} bytes`]
      : []),
  ];
}

export function invalid(path: string, value: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `${path}: Invalid value: ${JSON.stringify(value)}: ${fault}`);
}
