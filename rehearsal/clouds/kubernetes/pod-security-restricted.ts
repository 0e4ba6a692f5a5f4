import type { Container } from "./api-object";
import { badSeccomp, names, quoted, setters, unique, type Check } from "./pod-security-words";

const VOLUMES = new Set([
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"],
  ...["name", "image"],
]);

/** Checks of `restricted` alone. They come after all others, which their ids begin with ~ for. */
export const RESTRICTED: readonly Check[] = [
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
