import type { DeploymentV1SpecTemplateSpecContainer } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { VariableSource, Variables } from "../config/environment";
import { isText } from "../config/text";
import { literal } from "./literal";
import { nonEmpty } from "./non-empty";
import type { PodOptions } from "./pod-options";

/** Seconds between two probes of a program that starts. */
const STARTUP_PERIOD_SECONDS = 2;
const STARTUP_SECONDS = 60;

/** A folder that can be written to. */
export interface Volume {
  readonly name: string;
  readonly path: string;
}

/** A container without rights, which can write to its volumes only, but for what its options relax by name. */
export function restrictedContainer(
  props: PodOptions,
  volumes: readonly Volume[],
): DeploymentV1SpecTemplateSpecContainer {
  const { name, image, port, memoryLimit = props.memory } = props;
  const isRoot = props.runAsRoot !== undefined;
  return {
    name,
    image,
    imagePullPolicy: props.pullPolicy ?? (isPinned(image) ? "IfNotPresent" : "Always"),
    command: props.command?.map(literal),
    args: props.args?.map(literal),
    port: port === undefined ? undefined : [{ name: "http", containerPort: port }],
    env: nonEmpty(variables(props.env)),
    resources: {
      requests: { cpu: props.cpu, memory: props.memory },
      limits: { memory: memoryLimit, ...(props.cpuLimit === undefined ? {} : { cpu: props.cpuLimit }) },
    },
    securityContext: {
      // Left out, the provider sends false, which overrides the pod's.
      runAsNonRoot: !isRoot,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: props.writableRoot !== true,
      capabilities: isRoot ? undefined : { drop: ["ALL"] },
    },
    ...(port === undefined ? {} : probes(props)),
    volumeMount: nonEmpty(volumes.map((volume) => ({ name: volume.name, mountPath: volume.path }))),
  };
}

function probes({ healthPath, probes: times = {} }: PodOptions) {
  const { startupSeconds = STARTUP_SECONDS, periodSeconds, timeoutSeconds, failureThreshold } = times;
  const probe = {
    ...(healthPath === undefined
      ? { tcpSocket: [{ port: "http" }] }
      : { httpGet: { path: literal(healthPath), port: "http" } }),
    timeoutSeconds,
  };
  return {
    startupProbe: {
      ...probe,
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD_SECONDS),
    },
    readinessProbe: { ...probe, periodSeconds, failureThreshold },
    livenessProbe: { ...probe, periodSeconds: periodSeconds ?? 20, failureThreshold },
  };
}

function variables(env: Variables) {
  return Object.entries(env).map(([name, value]) =>
    isText(value) ? { name, value: literal(value) } : { name, valueFrom: placeOf(value) },
  );
}

function placeOf({ kind, name, key }: VariableSource) {
  return kind === "secret" ? { secretKeyRef: { name, key } } : { configMapKeyRef: { name, key } };
}

/** By digest, which cannot move: a node that has the image need not ask the registry again. */
function isPinned(image: string): boolean {
  return image.includes("@");
}
