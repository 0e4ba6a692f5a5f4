import type { Clock } from "../clock";
import type { ContainerRegistries } from "../registry";
import type { Way } from "../registry-network";
import type { Container, Secret, Stored } from "./api-object";
import { ImageCache, type CachedImage } from "./image-cache";
import { pullImage, type PullRecord } from "./image-pull";
import { invalidName } from "./image-words";
import type { ContainerFault, ContainerStatus, PodEvent, ScheduledPod } from "./pod-status";
import { keyring } from "./pull-secrets";
import { startFault } from "./start-faults";

export interface Started {
  readonly statuses: readonly ContainerStatus[];
  readonly events: readonly PodEvent[];
}

/** @returns Why a container cannot be configured. */
export type FindConfigFault = (container: Container) => string | undefined;

export type FindSecret = (name: string) => Stored<Secret> | undefined;

/** The kubelets of a cluster: they pull images, keep them, start containers, and say what went wrong. */
export class Kubelet {
  /** Every pull so far, the failed ones too. */
  readonly pulls: PullRecord[] = [];
  private readonly caches = new Map<string, ImageCache>();

  /** @param identity Object id of the managed identity that pulls where no secret does. @default - none */
  constructor(
    private readonly registries: ContainerRegistries,
    private readonly clock: Clock,
    public identity?: string,
    /** How the nodes reach registries. @default - as everybody on the internet */
    public way: Way = { privateEndpoint: false },
  ) {}

  /**
   * Starts the containers of a pod: none after an init container that failed.
   * @param configFault Why what a container is given is not there. @default - it is
   */
  start(pod: ScheduledPod, find: FindSecret, configFault: FindConfigFault = () => undefined): Started {
    const statuses: ContainerStatus[] = [];
    const events: PodEvent[] = [];
    const { initContainers = [], containers } = pod.spec;
    for (const container of initContainers) {
      statuses.push(this.startContainer(pod, container, find, events, configFault));
      if (statuses.at(-1)?.fault) return { statuses, events };
    }
    for (const container of containers) {
      statuses.push(this.startContainer(pod, container, find, events, configFault));
    }
    return { statuses, events };
  }

  /** The nodes are new: nothing is left of what they had. */
  forgetImages(): void {
    this.caches.clear();
  }

  private startContainer(
    pod: ScheduledPod,
    container: Container,
    find: FindSecret,
    events: PodEvent[],
    configFault: FindConfigFault,
  ): ContainerStatus {
    const { name, image } = container;
    const ready = this.ensureImage(pod, container, find, events);
    const fault =
      "fault" in ready ? ready.fault : (asFault(configFault(container)) ?? startFault(pod, container, ready));
    const digest = "fault" in ready ? {} : { digest: ready.digest };
    if (!fault) {
      events.push({ type: "Normal", reason: "Started", message: "Container started" });
      return { name, image, ...digest };
    }
    events.push(eventOf(pod, name, fault));
    return { name, image, ...digest, fault };
  }

  /** As the container's pull policy says. */
  private ensureImage(
    { namespace, spec, node, platform }: ScheduledPod,
    { image, imagePullPolicy: policy }: Container,
    find: FindSecret,
    events: PodEvent[],
  ): CachedImage | { readonly fault: ContainerFault } {
    const invalid = invalidName(image);
    if (invalid !== undefined) {
      events.push({ type: "Warning", reason: "InspectFailed", message: invalid });
      return { fault: { state: "waiting", reason: "InvalidImageName", message: invalid } };
    }
    const secrets = (spec.imagePullSecrets ?? []).map(({ name }) => name);
    const ring = keyring(find, secrets, namespace, hostOf(image));
    if (ring.absent.length > 0) {
      const message = `Unable to retrieve some image pull secrets (${ring.absent.join(", ")}); attempting to pull the image may not succeed.`;
      events.push({ type: "Warning", reason: "FailedToRetrieveImagePullSecret", message });
    }
    const cache = this.caches.get(node) ?? new ImageCache();
    this.caches.set(node, cache);
    const present = policy === "Always" ? undefined : cache.find(image, ring.found);
    if (present) {
      const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
      events.push({ type: "Normal", reason: "Pulled", message });
      return present;
    }
    if (policy === "Never") {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      events.push({ type: "Warning", reason: "ErrImageNeverPull", message });
      return { fault: { state: "waiting", reason: "ErrImageNeverPull", message } };
    }
    const { identity, way } = this;
    const pull = pullImage(this.registries, { image, platform, ring, identity, way, time: this.clock.now() });
    this.pulls.push(pull.record);
    events.push(...pull.events);
    if (!pull.image) return { fault: pull.fault };
    cache.add(image, pull.image, pull.puller);
    return pull.image;
  }
}

/** Of an image that is not there a kubelet repeats the reason, of anything else what went wrong. */
function eventOf({ name, namespace, uid }: ScheduledPod, container: string, fault: ContainerFault): PodEvent {
  if (fault.reason === "Error") {
    const message = `Back-off restarting failed container ${container} in pod ${name}_${namespace}(${uid})`;
    return { type: "Warning", reason: "BackOff", message };
  }
  const isOfImage = ["ErrImageNeverPull", "ImagePullBackOff", "InvalidImageName"].includes(fault.reason);
  return { type: "Warning", reason: "Failed", message: `Error: ${isOfImage ? fault.reason : fault.message}` };
}

function hostOf(image: string): string {
  return image.slice(0, Math.max(image.indexOf("/"), 0));
}

function asFault(missing: string | undefined): ContainerFault | undefined {
  return missing === undefined
    ? undefined
    : { state: "waiting", reason: "CreateContainerConfigError", message: missing };
}
