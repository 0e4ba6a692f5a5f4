import { causeOf, mostTelling, type CauseId } from "../../diagnosis";
import { parseImage } from "../../diagnosis/image-name";
import { failed, ok, type Outcome } from "../check";
import type { ContainerStatus, Deployment, KubeEvent, Pod } from "../cluster/objects";

/** What is the matter with the pods of a namespace that run images of a registry. */
export interface PodFinding {
  readonly pod: string;
  readonly cause: CauseId;
  readonly found: string;
}

/** Pods that run an image of the registry, also in an init container. */
export function podsOf(pods: readonly Pod[], host: string): Pod[] {
  return pods.filter(({ spec }) =>
    [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some(
      ({ image }) => image !== undefined && parseImage(image).host === host,
    ),
  );
}

/** @param host The registry's. */
export function podFindings(pods: readonly Pod[], events: readonly KubeEvent[], host: string): PodFinding[] {
  return podsOf(pods, host).flatMap((pod) => {
    const found = findingOf(pod, events);
    return found ? [{ pod: pod.metadata.name, ...found }] : [];
  });
}

function findingOf(pod: Pod, events: readonly KubeEvent[]): Omit<PodFinding, "pod"> | undefined {
  const { conditions = [], containerStatuses = [], initContainerStatuses = [], phase } = pod.status ?? {};
  if (phase === "Succeeded") return undefined;
  const unscheduled = conditions.find(({ type, status }) => type === "PodScheduled" && status === "False");
  if (unscheduled) return { cause: "pod-unschedulable", found: unscheduled.message ?? unscheduled.reason ?? "" };
  const said = [...initContainerStatuses, ...containerStatuses].flatMap(saidBy);
  if (said.length === 0) return undefined;
  const ofPod = events.filter(
    ({ involvedObject }) => involvedObject?.kind === "Pod" && involvedObject.name === pod.metadata.name,
  );
  const told = ofPod.filter(({ type }) => type === "Warning").map(({ message = "" }) => message);
  const status = mostTelling(said);
  // A secret that is not there is in no status, and its event comes too where another secret does.
  const needsEvents = !status || status.cause === "credential-missing" || status.cause === "credential-refused";
  const best = needsEvents
    ? (mostTelling([...told.filter((text) => causeOf(text) !== undefined), ...said]) ?? status)
    : status;
  return best ? { cause: best.cause, found: best.message } : { cause: "rollout-unfinished", found: said.join("; ") };
}

/** What a container's state says is wrong; nothing where it runs, has ended well, or only begins. */
function saidBy({ state = {}, lastState = {} }: ContainerStatus): string[] {
  const { waiting, terminated } = state;
  if (waiting) {
    if (waiting.reason === "ContainerCreating" || waiting.reason === "PodInitializing") return [];
    const last = lastState.terminated;
    return [
      join(waiting.reason, waiting.message),
      ...(last ? [join(last.reason, last.message ?? exit(last.exitCode))] : []),
    ];
  }
  if (terminated && terminated.exitCode !== 0)
    return [join(terminated.reason, terminated.message ?? exit(terminated.exitCode))];
  return [];
}

function exit(code = 0): string {
  return `exit code ${code}`;
}

function join(reason = "", message = ""): string {
  return message === "" ? reason : `${reason}: ${message}`;
}

/** Whether what is released runs. */
export function rollout({ metadata: { name }, spec, status }: Deployment, events: readonly KubeEvent[]): Outcome {
  const wanted = spec?.replicas ?? 1;
  const { conditions = [], readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  if (readyReplicas >= wanted && updatedReplicas >= wanted) return ok(`${readyReplicas} of ${wanted} ready`);
  const refused = events.find(
    ({ reason, involvedObject }) => reason === "FailedCreate" && (involvedObject?.name ?? "").startsWith(`${name}-`),
  );
  if (refused) return failed("admission-refuses", refused.message ?? "");
  const progressing = conditions.find(({ type, status: is }) => type === "Progressing" && is === "False");
  return failed(
    "rollout-unfinished",
    progressing?.message ?? `${readyReplicas} of ${wanted} ready, ${updatedReplicas} of the newest`,
  );
}
