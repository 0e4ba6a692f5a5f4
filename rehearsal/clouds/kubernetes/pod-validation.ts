import { quantity } from "../../sdk/quantity";
import type { Container, PodSpec, PodTemplate } from "./api-object";
import { invalid, keyFaults, labelFaults, labelNameFaults, valueFaults } from "./names";

/** What a Kubernetes API server finds wrong with pods. */

const POLICIES = ["Always", "IfNotPresent", "Never"];
const QUANTITY_FORM = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/**
 * @param path `spec.template`.
 * @param claims Names of volumes that each pod gets one of its own of.
 */
export function templateFaults(
  { metadata, spec }: PodTemplate,
  path: string,
  claims: readonly string[] = [],
): string[] {
  return [...labelFaults(metadata?.labels, `${path}.metadata.labels`), ...podFaults(spec, `${path}.spec`, claims)];
}

/** @param path `spec`. */
export function podFaults(spec: PodSpec, path: string, claims: readonly string[] = []): string[] {
  const volumes = new Set([...claims, ...(spec.volumes ?? []).map(({ name }) => name)]);
  const seen = new Set<string>();
  const containers = [
    ...spec.containers.map((container, index) => [container, `${path}.containers[${index}]`] as const),
    ...(spec.initContainers ?? []).map((container, index) => [container, `${path}.initContainers[${index}]`] as const),
  ];
  const faults = containers.flatMap(([container, place]) => {
    const isTwin = seen.has(container.name);
    seen.add(container.name);
    return [
      ...(isTwin ? [`${place}.name: Duplicate value: "${container.name}"`] : []),
      ...containerFaults(container, place, volumes),
    ];
  });
  return [
    ...(spec.containers.length === 0 ? [`${path}.containers: Required value`] : []),
    ...faults,
    ...Object.entries(spec.nodeSelector ?? {}).flatMap(([key, value]) => [
      ...invalid(`${path}.nodeSelector`, key, keyFaults(key)),
      ...invalid(`${path}.nodeSelector`, value, valueFaults(value)),
    ]),
  ];
}

function containerFaults(container: Container, path: string, volumes: ReadonlySet<string>): string[] {
  const { name, image, imagePullPolicy: policy = "Always", ports = [], volumeMounts = [] } = container;
  return [
    ...invalid(`${path}.name`, name, labelNameFaults(name)),
    ...(image === "" ? [`${path}.image: Required value`] : []),
    ...(POLICIES.includes(policy) ? [] : [unsupported(`${path}.imagePullPolicy`, policy, POLICIES)]),
    ...ports.flatMap(({ containerPort }, index) => portFaults(`${path}.ports[${index}].containerPort`, containerPort)),
    ...volumeMounts.flatMap((mount, index) =>
      volumes.has(mount.name) ? [] : [`${path}.volumeMounts[${index}].name: Not found: "${mount.name}"`],
    ),
    ...resourceFaults(container, `${path}.resources`),
  ];
}

function resourceFaults({ resources: { limits = {}, requests = {} } = {} }: Container, path: string): string[] {
  const forms = Object.entries({ limits, requests }).flatMap(([kind, list]) =>
    Object.entries(list).flatMap(([name, text]) => {
      const value = quantity(text);
      if (value === undefined) return [`${path}.${kind}.${name}: Invalid value: "${text}": ${QUANTITY_FORM}`];
      return value < 0n
        ? [`${path}.${kind}[${name}]: Invalid value: "${text}": must be greater than or equal to 0`]
        : [];
    }),
  );
  const excesses = Object.entries(requests).flatMap(([name, text]) => {
    const limit = limits[name];
    const [request, most] = [quantity(text), limit === undefined ? undefined : quantity(limit)];
    if (request === undefined || most === undefined || request <= most) return [];
    return [
      `${path}.requests: Invalid value: "${text}": must be less than or equal to ${name} limit of ${limit ?? ""}`,
    ];
  });
  return [...forms, ...excesses];
}

export function portFaults(path: string, port: number): string[] {
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65535;
  return isPort ? [] : [`${path}: Invalid value: ${port}: must be between 1 and 65535, inclusive`];
}

export function unsupported(path: string, value: string, supported: readonly string[]): string {
  return `${path}: Unsupported value: "${value}": supported values: ${supported.map((one) => `"${one}"`).join(", ")}`;
}
