import { isMapping, type Mapping } from "../../config/mapping";
import type { Path, Problem } from "../../config/problem";
import { billionthsOf, WHOLE } from "../../config/quantity";
import { DNS_LABEL } from "../../config/rules/formats";
import { CONTAINER_LISTS, podSpecOf, type PodSpec } from "../pods";
import { isGiven, itemsAt, mappingAt, twins, type Check } from "./check";

const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  ...{ Job: ["OnFailure", "Never"], CronJob: ["OnFailure", "Never"], Pod: ["Always", "OnFailure", "Never"] },
};
const MILLI = WHOLE / 1000n;
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"];

/** What pods must be beyond the types of their fields. */
export const podCheck: Check = ({ kind, value }) => {
  const pod = podSpecOf(kind, value);
  if (!pod) return [];
  const { spec, at } = pod;
  const { containers } = spec;
  const lists = CONTAINER_LISTS.flatMap((list) => itemsAt(spec, [list])).map(({ item, at: inner }) => ({
    item,
    at: [...at, ...inner],
  }));
  const claims = itemsAt(value, ["spec", "volumeClaimTemplates"]).map(({ item }) => mappingAt(item, ["metadata"]).name);
  const volumes = itemsAt(spec, ["volumes"]).map(({ item, at: inner }) => ({ item, at: [...at, ...inner] }));
  const known = new Set([...claims, ...volumes.map(({ item }) => item.name)]);
  return [
    ...(Array.isArray(containers) && containers.length === 0
      ? [{ path: [...at, "containers"], rule: "must have a container" }]
      : []),
    ...restartProblems(kind, pod),
    ...twins(lists, "name", "is the name of another container"),
    ...twins(volumes, "name", "is the name of another volume"),
    ...lists.flatMap(({ item, at: here }) => containerProblems(item, here, known)),
  ];
};

function restartProblems(kind: string, { spec, at }: PodSpec): Problem[] {
  const allowed = RESTARTS[kind] ?? ["Always"];
  const policy = spec.restartPolicy ?? (allowed.includes("Always") ? "Always" : undefined);
  if (typeof policy === "string" && allowed.includes(policy)) return [];
  const rule = `must be ${allowed.join(" or ")} in a ${kind}`;
  return [{ path: [...at, "restartPolicy"], rule, ...(policy === undefined && { lacks: true }) }];
}

function containerProblems(container: Mapping, at: Path, volumes: ReadonlySet<unknown>): Problem[] {
  const { name, image } = container;
  return [
    ...(typeof name === "string" && !DNS_LABEL.pattern.test(name)
      ? [{ path: [...at, "name"], rule: DNS_LABEL.message }]
      : []),
    ...(image === undefined || image === null ? [{ path: [...at, "image"], rule: "is required", lacks: true }] : []),
    ...itemsAt(container, ["volumeMounts"]).flatMap(({ item, at: inner }) =>
      volumes.has(item.name)
        ? []
        : [{ path: [...at, ...inner, "name"], rule: "must be the name of a volume of the pod" }],
    ),
    ...itemsAt(container, ["ports"]).flatMap(({ item, at: inner }) => portProblems(item, [...at, ...inner])),
    ...itemsAt(container, ["env"]).flatMap(({ item, at: inner }) =>
      isGiven(item.value) && item.value !== "" && isGiven(item.valueFrom)
        ? [{ path: [...at, ...inner, "valueFrom"], rule: "must not stand beside value" }]
        : [],
    ),
    ...PROBES.flatMap((probe) => probeProblems(container[probe], [...at, probe])),
    ...excesses(container, [...at, "resources", "requests"]),
    ...tooFine(container, [...at, "resources"]),
  ];
}

function portProblems({ containerPort: port, name }: Mapping, at: Path): Problem[] {
  return [
    ...(typeof port === "number" && (port < 1 || port > 65535)
      ? [{ path: [...at, "containerPort"], rule: "must be a port from 1 to 65535" }]
      : []),
    ...(typeof name === "string" && !isPortName(name)
      ? [
          {
            path: [...at, "name"],
            rule: "must be at most 15 lowercase letters, digits or hyphens, one of them a letter, and no hyphen at an end",
          },
        ]
      : []),
  ];
}

/** https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go IsValidPortName */
function isPortName(name: string): boolean {
  return /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(name);
}

function probeProblems(probe: unknown, at: Path): Problem[] {
  if (!isMapping(probe)) return [];
  const given = HANDLERS.filter((handler) => isGiven(probe[handler]));
  return given.length === 1 ? [] : [{ path: at, rule: `must have one of ${HANDLERS.join(", ")}`, showValue: false }];
}

/** What is requested beyond its limit. */
function excesses(container: Mapping, at: Path): Problem[] {
  const [limits, requests] = [
    mappingAt(container, ["resources", "limits"]),
    mappingAt(container, ["resources", "requests"]),
  ];
  return Object.entries(requests).flatMap(([name, request]) => {
    const [least, most] = [billionthsOf(String(request)), billionthsOf(String(limits[name]))];
    if (least === undefined || most === undefined || least <= most) return [];
    return [{ path: [...at, name], rule: `must be no more than the limit, ${String(limits[name])}` }];
  });
}

/** The API server keeps no less than a thousandth of a CPU. */
function tooFine(container: Mapping, at: Path): Problem[] {
  return ["limits", "requests"].flatMap((part) => {
    const { cpu } = mappingAt(container, ["resources", part]);
    const amount = billionthsOf(String(cpu));
    if (amount === undefined || amount % MILLI === 0n) return [];
    const rule = "must be no finer than 1m: the API server rounds it, and no plan would ever be empty";
    return [{ path: [...at, part, "cpu"], rule }];
  });
}
