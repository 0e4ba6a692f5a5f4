/** Words that the Kubernetes API writes in capitals, but for the first of a name. */
const CAPITALS: Readonly<Record<string, string>> = {
  ...{ cidr: "CIDR", cidrs: "CIDRs", id: "ID", ids: "IDs", ip: "IP", ipc: "IPC", ips: "IPs", pid: "PID", uri: "URI" },
  ...{ url: "URL", urls: "URLs", wwns: "WWNs" },
};

/** Repeated blocks whose name is the same for one and for many. */
const PLURALS: ReadonlySet<string> = new Set([
  ...["egress", "env", "env_from", "from", "ingress", "to"],
  ...["preferred_during_scheduling_ignored_during_execution", "required_during_scheduling_ignored_during_execution"],
]);

/** Names that follow no rule. */
const EXCEPTIONS: Readonly<Record<string, string>> = { run_as_username: "runAsUserName" };

/**
 * The name in the Kubernetes API of what the kubernetes provider calls an argument or a block: `volume_mount` is
 * `volumeMounts`, `cluster_ip` is `clusterIP`.
 * @param isRepeated Whether it is a block that may occur more than once: the provider names one, the API the list.
 */
export function apiName(name: string, isRepeated = false): string {
  const exception = EXCEPTIONS[name];
  if (exception !== undefined) return exception;
  const [first = "", ...rest] = name.split("_");
  const camel = first + rest.map((word) => CAPITALS[word] ?? word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return isRepeated && !PLURALS.has(name) ? plural(camel) : camel;
}

function plural(name: string): string {
  if (name.endsWith("ss")) return `${name}es`;
  if (name.endsWith("s")) return name;
  return name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
}
