import type { PodSpec } from "./pod-spec";
import { quantity } from "./quantity";

/** As an emptyDir is mounted; an old runc takes the mode of the image's folder all the same. */
const EMPTY_DIR = "exec,mode=0777";

/**
 * The options of `docker create` that confine a container as a Deployment of the workload stack does. The seccomp profile
 * RuntimeDefault is what Docker does anyway, and that root is refused is for the image's user to satisfy.
 */
export function runArguments({ security_context: pod, container: [container] }: PodSpec): string[] {
  const { security_context: own, resources, env = [], volume_mount: mounts = [] } = container;
  const { memory, cpu } = resources.limits;
  const [program] = container.command ?? [];
  return [
    ...(pod.run_as_user === undefined ? [] : ["--user", pod.run_as_user]),
    ...(program === undefined ? [] : ["--entrypoint", program]),
    ...(own.read_only_root_filesystem ? ["--read-only"] : []),
    ...(own.capabilities?.drop ?? []).flatMap((capability) => ["--cap-drop", capability]),
    ...(own.allow_privilege_escalation ? [] : ["--security-opt", "no-new-privileges"]),
    ...(pod.sysctl ?? []).flatMap(({ name, value }) => ["--sysctl", `${name}=${value}`]),
    ...mounts.flatMap(({ mount_path: path }) => ["--tmpfs", `${path}:${EMPTY_DIR}`]),
    ...env.flatMap(({ name, value }) => (value === undefined ? [] : ["--env", `${name}=${value}`])),
    ...["--memory", String(Math.floor(quantity(memory)))],
    ...(cpu === undefined ? [] : ["--cpus", String(quantity(cpu))]),
  ];
}

/** What stands behind the image: arguments of the program that `runArguments` names, or of the image's own. */
export function programArguments({ container: [{ command = [], args = [] }] }: PodSpec): string[] {
  return [...command.slice(1), ...args];
}
