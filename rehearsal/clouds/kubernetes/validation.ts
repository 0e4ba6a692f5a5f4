import { isDeepStrictEqual } from "node:util";
import type { Autoscaler, CronJob, Deployment, PodController, Secret, Service } from "./api-object";
import { invalid } from "./names";
import { portFaults, templateFaults, unsupported } from "./pod-validation";
import { dockerConfigFault, PULL_SECRET_KEY, PULL_SECRET_TYPE } from "../../../diagnosis/pull-secret";

/** What a Kubernetes API server finds wrong with an object, in its words: `<field>: <what>`. */

const SCALING = ["Disabled", "Max", "Min"];
const SERVICE_TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** A pull secret without its key, or with one that is not JSON; other data in a secret that must not change. */
export function secretFaults(secret: Secret, before: Secret | undefined): string[] {
  const { type, data = {}, immutable } = secret;
  const faults = Object.keys(data).flatMap((key) =>
    /^[-._a-zA-Z0-9]+$/.test(key)
      ? []
      : invalid("data", key, [
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ]),
  );
  if (type === PULL_SECRET_TYPE) {
    const text = data[PULL_SECRET_KEY];
    const path = `data[${PULL_SECRET_KEY}]`;
    const fault = text === undefined ? undefined : dockerConfigFault(text);
    if (text === undefined) faults.push(`${path}: Required value`);
    if (fault !== undefined) faults.push(`${path}: Invalid value: "<secret contents redacted>": ${fault}`);
  }
  if (before && before.type !== type) faults.push(`type: Invalid value: "${type ?? ""}": field is immutable`);
  if (before?.immutable) {
    const forbidden = "Forbidden: field is immutable when `immutable` is set";
    if (immutable !== true) faults.push(`immutable: ${forbidden}`);
    if (!isDeepStrictEqual(before.data, data)) faults.push(`data: ${forbidden}`);
  }
  return faults;
}

export function deploymentFaults({ spec }: Deployment, before: Deployment | undefined): string[] {
  const labels = spec.template.metadata?.labels ?? {};
  const selector = spec.selector.matchLabels ?? {};
  const faults: string[] = [];
  if ((spec.replicas ?? 0) < 0) {
    faults.push(`spec.replicas: Invalid value: ${spec.replicas ?? 0}: must be greater than or equal to 0`);
  }
  if (Object.keys(selector).length === 0) {
    faults.push(
      `spec.selector: Invalid value: ${JSON.stringify(spec.selector)}: empty selector is invalid for deployment`,
    );
  } else if (Object.entries(selector).some(([key, value]) => labels[key] !== value)) {
    faults.push(
      `spec.template.metadata.labels: Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
    );
  }
  if (before && !isDeepStrictEqual(before.spec.selector, spec.selector)) {
    faults.push(`spec.selector: Invalid value: ${JSON.stringify(spec.selector)}: field is immutable`);
  }
  if (spec.template.spec.restartPolicy !== "Always") {
    const value = spec.template.spec.restartPolicy ?? "";
    faults.push(`spec.template.spec.restartPolicy: Unsupported value: "${value}": supported values: "Always"`);
  }
  return [...faults, ...templateFaults(spec.template, "spec.template")];
}

/** @param restarts Policies that its pods may have. */
export function podControllerFaults(restarts: readonly string[]) {
  return ({ spec }: PodController, before: PodController | undefined): string[] => {
    const labels = spec.template.metadata?.labels ?? {};
    const { selector } = spec;
    const wanted = selector?.matchLabels ?? plainSelector(selector);
    const policy = spec.template.spec.restartPolicy ?? "";
    return [
      ...(Object.entries(wanted).some(([key, value]) => labels[key] !== value)
        ? [
            `spec.template.metadata.labels: Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
          ]
        : []),
      ...(before && !isDeepStrictEqual(before.spec.selector, selector)
        ? [`spec.selector: Invalid value: ${JSON.stringify(selector)}: field is immutable`]
        : []),
      ...(restarts.includes(policy) ? [] : [unsupported("spec.template.spec.restartPolicy", policy, restarts)]),
      ...templateFaults(
        spec.template,
        "spec.template",
        spec.volumeClaimTemplates?.map((claim) => claim.metadata.name),
      ),
    ];
  };
}

/** A ReplicationController selects by labels alone. */
function plainSelector(selector: object = {}): Readonly<Record<string, string>> {
  const entries: [string, unknown][] = Object.entries(selector);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** As of its jobs. */
export function cronJobFaults({ metadata, spec }: CronJob): string[] {
  const job = { metadata, spec: spec.jobTemplate.spec };
  return podControllerFaults(["OnFailure", "Never"])(job, undefined).map((fault) => `spec.jobTemplate.${fault}`);
}

export function autoscalerFaults({ spec }: Autoscaler): string[] {
  const { minReplicas = 1, maxReplicas, behavior = {} } = spec;
  const atLeast = `must be greater than or equal to \`minReplicas\``;
  return [
    ...(maxReplicas < minReplicas ? [`spec.maxReplicas: Invalid value: ${maxReplicas}: ${atLeast}`] : []),
    ...Object.entries(behavior).flatMap(([name, { selectPolicy }]) =>
      selectPolicy === undefined || SCALING.includes(selectPolicy)
        ? []
        : [unsupported(`spec.behavior.${name}.selectPolicy`, selectPolicy, SCALING)],
    ),
  ];
}

export function serviceFaults({ spec }: Service, before: Service | undefined): string[] {
  const { type = "", ports = [], loadBalancerSourceRanges: ranges = [], clusterIP } = spec;
  const isIpChanged = before?.spec.clusterIP !== undefined && before.spec.clusterIP !== clusterIP;
  return [
    ...(SERVICE_TYPES.includes(type) ? [] : [unsupported("spec.type", type, SERVICE_TYPES)]),
    ...(ports.length === 0 && type !== "ExternalName" && clusterIP !== "None" ? ["spec.ports: Required value"] : []),
    ...ports.flatMap(({ port, targetPort }, index) => [
      ...portFaults(`spec.ports[${index}].port`, port),
      ...(typeof targetPort === "number" ? portFaults(`spec.ports[${index}].targetPort`, targetPort) : []),
    ]),
    ...ports.flatMap(({ name = "" }, index) =>
      ports.length > 1 && name === "" ? [`spec.ports[${index}].name: Required value`] : [],
    ),
    ...ranges.flatMap((range, index) => cidrFaults(`spec.loadBalancerSourceRanges[${index}]`, range.trim())),
    ...(isIpChanged ? [`spec.clusterIPs[0]: Invalid value: ["${clusterIP ?? ""}"]: may not change once set`] : []),
  ];
}

function cidrFaults(path: string, range: string): string[] {
  const [, address = "", length = ""] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(range) ?? [];
  const octets = address.split(".").map(Number);
  if (address === "" || octets.some((octet) => octet > 255) || Number(length) > 32) {
    return range.includes(":")
      ? []
      : [`${path}: Invalid value: "${range}": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`];
  }
  const bits = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(length));
  return bits % size === 0
    ? []
    : [`${path}: Invalid value: "${range}": must not have bits set beyond the prefix length`];
}
