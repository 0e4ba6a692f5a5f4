import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { mostTelling } from "../../diagnosis";
import { formatImage, type ImageName } from "../../diagnosis/image-name";
import { failed, ok, type Outcome } from "../check";
import type { Kubernetes } from "../cluster/kubernetes";
import type { KubeEvent, List, Pod } from "../cluster/objects";
import { podRefusal } from "../cluster/pod-refusal";
import { probePod } from "../cluster/probe-pod";

const INTERVAL_MS = 500;
const PATIENCE_MS = 60_000;

/**
 * Starts a pod that pulls, from a node's address and by a node's names and routes, and takes it away again. Its program is in no
 * image: a container that cannot start it was pulled.
 */
export async function probe(
  cluster: Kubernetes,
  namespace: string,
  wanted: ImageName,
  secret: string | undefined,
): Promise<Outcome> {
  const name = `acr-pull-probe-${randomBytes(4).toString("hex")}`;
  const image = formatImage(wanted);
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const made = await cluster.send("POST", pods, probePod({ name, image, ...(secret !== undefined && { secret }) }));
  const refusal = podRefusal(made);
  if (refusal) return refusal;
  try {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const pod = await cluster.get<Pod>(`${pods}/${name}`);
      const outcome = pod && (await outcomeOf(pod, () => eventsOf(cluster, namespace, name)));
      if (outcome) return outcome;
      await setTimeout(INTERVAL_MS);
    }
    return failed("rollout-unfinished", `the pod says nothing for ${PATIENCE_MS / 1000} s`);
  } finally {
    await cluster.send("DELETE", `${pods}/${name}?gracePeriodSeconds=0`);
  }
}

/** @returns undefined while nothing is decided. */
async function outcomeOf({ status }: Pod, eventsOf: () => Promise<string[]>): Promise<Outcome | undefined> {
  const unscheduled = status?.conditions?.find(
    ({ type, status: is, reason }) => type === "PodScheduled" && is === "False" && reason === "Unschedulable",
  );
  if (unscheduled) return failed("pod-unschedulable", unscheduled.message ?? "");
  const [container] = status?.containerStatuses ?? [];
  const { waiting, terminated } = container?.state ?? {};
  const said = `${waiting?.reason ?? ""}: ${waiting?.message ?? ""}`;
  // By then the image is on the node.
  if (terminated ?? /StartError|RunContainerError|CreateContainerError|CreateContainerConfigError/.test(said))
    return ok("pulled on a node");
  if (!/ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull/.test(said)) return undefined;
  const best = mostTelling([said, ...(await eventsOf())]);
  return failed(best?.cause ?? "credential-refused", best?.message ?? said);
}

async function eventsOf(cluster: Kubernetes, namespace: string, pod: string): Promise<string[]> {
  const query = new URLSearchParams({ fieldSelector: `involvedObject.name=${pod}` }).toString();
  const list = await cluster.get<KubeEvent & List<KubeEvent>>(`/api/v1/namespaces/${namespace}/events?${query}`);
  return (list?.items ?? []).map(({ message = "" }) => message);
}
