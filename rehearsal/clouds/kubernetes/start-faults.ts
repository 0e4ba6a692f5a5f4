import type { Container } from "./api-object";
import type { CachedImage } from "./image-cache";
import type { ContainerFault, ScheduledPod } from "./pod-status";

/** @returns Why a container whose image is there does not run, in the words of kubelet and runc, or undefined where it does. */
export function startFault(pod: ScheduledPod, container: Container, image: CachedImage): ContainerFault | undefined {
  return userFault(pod, container, image) ?? programFault(pod, container, image);
}

/** `runAsNonRoot` against the user that the container would have. */
function userFault(pod: ScheduledPod, container: Container, { content }: CachedImage): ContainerFault | undefined {
  const [own, outer] = [container.securityContext, pod.spec.securityContext];
  if ((own?.runAsNonRoot ?? outer?.runAsNonRoot) !== true) return undefined;
  const place = `(pod: "${pod.name}_${pod.namespace}(${pod.uid})", container: ${container.name})`;
  const refuse = (message: string): ContainerFault => ({
    state: "waiting",
    reason: "CreateContainerConfigError",
    message: `${message} ${place}`,
  });
  const wanted = own?.runAsUser ?? outer?.runAsUser;
  if (wanted === 0) return refuse("container's runAsUser breaks non-root policy");
  if (wanted !== undefined || content.user === undefined) return undefined;
  const [user = ""] = content.user.split(":");
  if (user === "" || user === "0") return refuse("container has runAsNonRoot and image will run as root");
  if (/^\d+$/.test(user)) return undefined;
  return refuse(`container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root`);
}

function programFault(
  { platform }: ScheduledPod,
  { command }: Container,
  { content }: CachedImage,
): ContainerFault | undefined {
  const [program] = command ?? [];
  if (program !== undefined && content.executables?.includes(program) === false) {
    return {
      state: "terminated",
      reason: "StartError",
      message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": stat ${program}: no such file or directory`,
    };
  }
  if (content.isIndex || content.platforms?.includes(platform) !== false) return undefined;
  return {
    state: "terminated",
    reason: "Error",
    message: `exec ${program ?? content.executables?.[0] ?? "/entrypoint"}: exec format error`,
    explanation: `the image is for ${content.platforms.join(", ")}, the node is ${platform}`,
  };
}
