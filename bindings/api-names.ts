/** Words that the Kubernetes API writes in capitals, but for the first of a name. */
const CAPITALS: Readonly<Record<string, string>> = {
  ...{ api: "API", cidr: "CIDR", cidrs: "CIDRs", cpu: "CPU", id: "ID", ids: "IDs", ip: "IP", ipc: "IPC", ips: "IPs" },
  ...{ pid: "PID", tls: "TLS", uri: "URI", url: "URL", urls: "URLs", uuid: "UUID", wwns: "WWNs" },
};

/** Repeated blocks whose name is the same for one and for many. */
const PLURALS: ReadonlySet<string> = new Set([
  ...["egress", "env", "env_from", "from", "ingress", "to"],
  ...["preferred_during_scheduling_ignored_during_execution", "required_during_scheduling_ignored_during_execution"],
]);

/** Names that follow no rule. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ...{ ceph_fs: "cephfs", ceph_monitors: "monitors", data_disk_uri: "diskURI", endpoints_name: "endpoints" },
  ...{ rados_user: "user", rbd_image: "image", rbd_pool: "pool", run_as_username: "runAsUserName" },
  ...{ target_ww_ns: "targetWWNs", timezone: "timeZone" },
};

/** Blocks that the provider lets occur more than once, and the API has once. */
const SINGLE: ReadonlySet<string> = new Set([
  ...[
    "config_map",
    "grpc",
    "label_selector",
    "namespace_selector",
    "parameters",
    "persistent_volume_claim_retention_policy",
  ],
  ...[
    "post_start",
    "pre_stop",
    "projected",
    "scale_down",
    "rolling_update",
    "scale_up",
    "selector",
    "sources.secret",
    "spec",
    "tcp_socket",
  ],
  ...["update_strategy"],
]);

/** Texts of the provider that are octal, and numbers for the API. */
const MODES: ReadonlySet<string> = new Set(["default_mode", "mode"]);

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

/**
 * Whether the API has a list where the provider has a block.
 * @param path Of the block: `spec.container`, with the type before it or not.
 * @param maxItems How often it may occur; 0 for no limit.
 */
export function isRepeatedInApi(path: string, maxItems: number): boolean {
  const [name = "", around = ""] = path.split(".").reverse();
  return maxItems !== 1 && !SINGLE.has(name) && !SINGLE.has(`${around}.${name}`);
}

/** Whether an argument is the mode of a file. */
export function isMode(name: string): boolean {
  return MODES.has(name);
}
