import type { Container, PodSpec, PodTemplate } from "./api-object";

/**
 * Pod Security admission: https://kubernetes.io/docs/concepts/security/pod-security-standards/, in the words and the order of
 * k8s.io/pod-security-admission, version `latest`.
 */

export type Mode = "enforce" | "warn" | "audit";
type Labels = Readonly<Record<string, string>>;

/** The label by which a namespace asks for a level in a mode. */
export function modeLabel(mode: Mode): string {
  return `pod-security.kubernetes.io/${mode}`;
}

/** @returns What a namespace with these labels holds against a pod in this mode, or undefined where nothing. */
export function violation(labels: Labels | undefined, mode: Mode, { spec }: PodTemplate): string | undefined {
  const level = labels?.[modeLabel(mode)];
  if (level !== "baseline" && level !== "restricted") return undefined;
  const found = [...BASELINE, ...(level === "baseline" ? OVERRIDDEN : RESTRICTED)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, check]) => check(spec, containersOf(spec)))
    .filter((finding) => finding !== undefined);
  if (found.length === 0) return undefined;
  const version = labels?.[`${modeLabel(mode)}-version`] ?? "latest";
  const verb = mode === "enforce" ? "violates" : "would violate";
  return `${verb} PodSecurity "${level}:${version}": ${found.map(([reason, detail]) => `${reason} (${detail})`).join(", ")}`;
}

type Finding = readonly [reason: string, detail: string];
type Check = (spec: PodSpec, containers: readonly Container[]) => Finding | undefined;

function containersOf({ initContainers = [], containers }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

const quoted = (items: readonly string[]) => items.map((item) => `"${item}"`).join(", ");
const unique = (items: readonly string[]) => [...new Set(items)].sort();
const names = (containers: readonly Container[]) =>
  `${containers.length === 1 ? "container" : "containers"} ${quoted(containers.map(({ name }) => name))}`;

/** A finding about what a pod or its containers set. */
function setters(pod: boolean, bad: readonly Container[]): string | undefined {
  const list = [...(pod ? ["pod"] : []), ...(bad.length > 0 ? [names(bad)] : [])];
  return list.length === 0 ? undefined : list.join(" and ");
}

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
const VOLUMES = new Set([
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"],
  ...["name", "image"],
]);
const SELINUX_TYPES = new Set(["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);
const SECCOMP = new Set(["RuntimeDefault", "Localhost"]);

/** Checks of both levels, by their ids, which order them; those of `restricted` alone come last. */
const BASELINE: readonly (readonly [id: string, check: Check])[] = [
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
const OVERRIDDEN: readonly (readonly [id: string, check: Check])[] = [
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

const RESTRICTED: readonly (readonly [id: string, check: Check])[] = [
  [
    "~allowPrivilegeEscalation",
    (_, containers) => {
      const bad = containers.filter(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
      if (bad.length === 0) return undefined;
      return [
        "allowPrivilegeEscalation != false",
        `${names(bad)} must set securityContext.allowPrivilegeEscalation=false`,
      ];
    },
  ],
  [
    "~capabilities_restricted",
    (_, containers) => {
      const keeps = containers.filter(({ securityContext }) => !securityContext?.capabilities?.drop?.includes("ALL"));
      const added = ({ securityContext }: Container) =>
        (securityContext?.capabilities?.add ?? []).filter((name) => name !== "NET_BIND_SERVICE");
      const adds = containers.filter((container) => added(container).length > 0);
      const list = quoted(unique(adds.flatMap(added)));
      const details = [
        ...(keeps.length > 0 ? [`${names(keeps)} must set securityContext.capabilities.drop=["ALL"]`] : []),
        ...(adds.length > 0 ? [`${names(adds)} must not include ${list} in securityContext.capabilities.add`] : []),
      ];
      return details.length === 0 ? undefined : ["unrestricted capabilities", details.join("; ")];
    },
  ],
  [
    "~restrictedVolumes",
    ({ volumes = [] }) => {
      const typesOf = (volume: object) => Object.keys(volume).filter((name) => !VOLUMES.has(name));
      const bad = volumes.filter((volume) => typesOf(volume).length > 0);
      if (bad.length === 0) return undefined;
      const types = unique(bad.flatMap(typesOf));
      const [noun, verb] = bad.length === 1 ? ["volume", "uses"] : ["volumes", "use"];
      const kinds = types.length === 1 ? "restricted volume type" : "restricted volume types";
      const who = `${noun} ${quoted(bad.map(({ name }) => name))}`;
      return ["restricted volume types", `${who} ${verb} ${kinds} ${quoted(types)}`];
    },
  ],
  [
    "~runAsNonRoot",
    ({ securityContext: pod }, containers) => {
      const reason = "runAsNonRoot != true";
      const wish = ({ securityContext }: Container) => securityContext?.runAsNonRoot;
      const who = setters(
        pod?.runAsNonRoot === false,
        containers.filter((container) => wish(container) === false),
      );
      if (who !== undefined) return [reason, `${who} must not set securityContext.runAsNonRoot=false`];
      const silent = containers.filter((container) => wish(container) === undefined);
      if (silent.length === 0 || pod?.runAsNonRoot === true) return undefined;
      return [reason, `pod or ${names(silent)} must set securityContext.runAsNonRoot=true`];
    },
  ],
  [
    "~runAsUser",
    ({ securityContext: pod }, containers) => {
      const who = setters(
        pod?.runAsUser === 0,
        containers.filter(({ securityContext }) => securityContext?.runAsUser === 0),
      );
      return who === undefined ? undefined : ["runAsUser=0", `${who} must not set runAsUser=0`];
    },
  ],
  [
    "~seccompProfile_restricted",
    (spec, containers) => {
      const bad = badSeccomp(spec, containers);
      const silent = containers.filter(({ securityContext }) => securityContext?.seccompProfile === undefined);
      if (bad || silent.length === 0 || spec.securityContext?.seccompProfile) return bad;
      return [
        "seccompProfile",
        `pod or ${names(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      ];
    },
  ],
];

function badSeccomp({ securityContext: pod }: PodSpec, containers: readonly Container[]): Finding | undefined {
  const badType = (context: PodSpec["securityContext"]) => {
    const profile = context?.seccompProfile;
    return profile && !SECCOMP.has(profile.type ?? "") ? [profile.type ?? ""] : [];
  };
  const bad = containers.filter(({ securityContext }) => badType(securityContext).length > 0);
  const who = setters(badType(pod).length > 0, bad);
  if (who === undefined) return undefined;
  const types = unique([pod, ...bad.map(({ securityContext }) => securityContext)].flatMap(badType));
  return ["seccompProfile", `${who} must not set securityContext.seccompProfile.type to ${quoted(types)}`];
}
