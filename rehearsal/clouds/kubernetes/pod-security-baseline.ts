import type { Container, PodSpec } from "./api-object";
import { badSeccomp, names, quoted, setters, unique, type Check } from "./pod-security-words";

const CAPABILITIES = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);
const SYSCTLS = new Set([
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range"],
  ...["net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time"],
  ...["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"],
  ...["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
]);
const SELINUX_TYPES = new Set(["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);

/** Checks of both levels, by their ids, which order them; those of `restricted` alone come last. */
export const BASELINE: readonly Check[] = [
  [
    "hostNamespaces",
    (spec) => {
      const used = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((name) => spec[name] === true);
      return used.length === 0 ? undefined : ["host namespaces", used.map((name) => `${name}=true`).join(", ")];
    },
  ],
  [
    "hostPorts",
    (_, containers) => {
      const portsOf = ({ ports = [] }: Container) =>
        ports.flatMap(({ hostPort = 0 }) => (hostPort > 0 ? [hostPort] : []));
      const bad = containers.filter((container) => portsOf(container).length > 0);
      const ports = unique(bad.flatMap(portsOf).map(String));
      if (bad.length === 0) return undefined;
      const verb = bad.length === 1 ? "uses" : "use";
      return ["hostPort", `${names(bad)} ${verb} ${ports.length === 1 ? "hostPort" : "hostPorts"} ${ports.join(", ")}`];
    },
  ],
  [
    "privileged",
    (_, containers) => {
      const bad = containers.filter(({ securityContext }) => securityContext?.privileged === true);
      return bad.length === 0
        ? undefined
        : ["privileged", `${names(bad)} must not set securityContext.privileged=true`];
    },
  ],
  [
    "procMount",
    (_, containers) => {
      const bad = containers.filter(({ securityContext }) => (securityContext?.procMount ?? "Default") !== "Default");
      const mounts = unique(bad.flatMap(({ securityContext }) => securityContext?.procMount ?? []));
      if (bad.length === 0) return undefined;
      return ["procMount", `${names(bad)} must not set securityContext.procMount to ${quoted(mounts)}`];
    },
  ],
  [
    "seLinuxOptions",
    ({ securityContext: pod }, containers) => {
      const isBad = (context: PodSpec["securityContext"]) => {
        const { type = "", user = "", role = "" } = context?.seLinuxOptions ?? {};
        return !SELINUX_TYPES.has(type) || user !== "" || role !== "";
      };
      const bad = containers.filter(({ securityContext }) => isBad(securityContext));
      const who = setters(isBad(pod), bad);
      if (who === undefined) return undefined;
      const all = [pod, ...bad.map(({ securityContext }) => securityContext)].map((context) => context?.seLinuxOptions);
      const types = unique(all.flatMap((options) => options?.type ?? []).filter((type) => !SELINUX_TYPES.has(type)));
      const data = [
        ...(types.length > 0 ? [`${types.length === 1 ? "type" : "types"} ${quoted(types)}`] : []),
        ...(all.some((options) => (options?.user ?? "") !== "") ? ["user may not be set"] : []),
        ...(all.some((options) => (options?.role ?? "") !== "") ? ["role may not be set"] : []),
      ];
      return ["seLinuxOptions", `${who} set forbidden securityContext.seLinuxOptions: ${data.join("; ")}`];
    },
  ],
  [
    "sysctls",
    ({ securityContext }) => {
      const bad = (securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !SYSCTLS.has(name));
      return bad.length === 0 ? undefined : ["forbidden sysctls", bad.join(", ")];
    },
  ],
  [
    "windowsHostProcess",
    ({ securityContext: pod }, containers) => {
      const bad = containers.filter(({ securityContext }) => securityContext?.windowsOptions?.hostProcess === true);
      const who = setters(pod?.windowsOptions?.hostProcess === true, bad);
      return who === undefined
        ? undefined
        : ["hostProcess", `${who} must not set securityContext.windowsOptions.hostProcess=true`];
    },
  ],
];

/** Checks of `baseline` that `restricted` has stricter ones for. */
export const OVERRIDDEN: readonly Check[] = [
  [
    "capabilities_baseline",
    (_, containers) => {
      const added = ({ securityContext }: Container) =>
        (securityContext?.capabilities?.add ?? []).filter((name) => !CAPABILITIES.has(name));
      const bad = containers.filter((container) => added(container).length > 0);
      if (bad.length === 0) return undefined;
      const list = quoted(unique(bad.flatMap(added)));
      return ["non-default capabilities", `${names(bad)} must not include ${list} in securityContext.capabilities.add`];
    },
  ],
  [
    "hostPathVolumes",
    ({ volumes = [] }) => {
      const bad = volumes.filter((volume) => "hostPath" in volume).map(({ name }) => name);
      return bad.length === 0
        ? undefined
        : ["hostPath volumes", `${bad.length === 1 ? "volume" : "volumes"} ${quoted(bad)}`];
    },
  ],
  ["seccompProfile_baseline", (spec, containers) => badSeccomp(spec, containers)],
];
