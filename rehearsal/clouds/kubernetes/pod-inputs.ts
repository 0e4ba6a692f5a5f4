import type { Container, Json, KeyReference, NewObject, PodSpec, Reference } from "./api-object";
import type { ApiServer } from "./api-server";
import { KINDS } from "./kinds";

/** What pods are given by other objects of their namespace, and what a scheduler and a kubelet say where it is not there. */
export class PodInputs {
  constructor(
    private readonly api: ApiServer,
    private readonly namespace: string,
  ) {}

  /** @returns Why no node takes a pod: a claim of it is not there. */
  claimFault({ volumes = [] }: PodSpec): string | undefined {
    const names = volumes.flatMap(({ persistentVolumeClaim }) => textAt(persistentVolumeClaim, "claimName") ?? []);
    const absent = names.find((name) => !this.api.of(KINDS.persistentVolumeClaim).get(this.namespace, name));
    return absent === undefined ? undefined : `persistentvolumeclaim "${absent}" not found`;
  }

  /** @returns Why a volume cannot be mounted: the containers of its pod are never created. */
  volumeFault({ volumes = [] }: PodSpec): string | undefined {
    for (const volume of volumes) {
      const sources = [volume, ...listAt(volume.projected, "sources")];
      for (const source of sources) {
        const fault =
          this.sourceFault("ConfigMap", objectAt(source, "configMap"), "name") ??
          this.sourceFault("Secret", objectAt(source, "secret"), "secretName", "name");
        if (fault !== undefined) return `MountVolume.SetUp failed for volume "${volume.name}" : ${fault}`;
      }
    }
    return undefined;
  }

  /** @returns Why a container whose image is there is not created. */
  configFault({ env = [], envFrom = [] }: Container): string | undefined {
    for (const { configMapRef, secretRef } of envFrom) {
      const fault = this.wholeFault("ConfigMap", configMapRef) ?? this.wholeFault("Secret", secretRef);
      if (fault !== undefined) return fault;
    }
    for (const { valueFrom = {} } of env) {
      const { configMapKeyRef, secretKeyRef } = valueFrom;
      const fault = this.keyFault("ConfigMap", configMapKeyRef) ?? this.keyFault("Secret", secretKeyRef);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  private sourceFault(kind: Source, source: Node | undefined, ...names: readonly string[]): string | undefined {
    const name = names.map((key) => textAt(source, key)).find((text) => text !== undefined);
    if (!source || name === undefined || source.optional === true) return undefined;
    const keys = this.keysOf(kind, name);
    if (!keys) return `${WORDS[kind].missing} "${name}" not found`;
    const absent = listAt(source, "items").find((item) => !keys.has(textAt(item, "key") ?? ""));
    return absent && `references non-existent ${WORDS[kind].key} key: ${textAt(absent, "key") ?? ""}`;
  }

  private wholeFault(kind: Source, reference: Reference | undefined): string | undefined {
    if (!reference || reference.optional || this.keysOf(kind, reference.name)) return undefined;
    return `${WORDS[kind].missing} "${reference.name}" not found`;
  }

  private keyFault(kind: Source, reference: KeyReference | undefined): string | undefined {
    if (!reference || reference.optional) return undefined;
    const { name, key } = reference;
    if (this.keysOf(kind, name)?.has(key)) return undefined;
    return this.wholeFault(kind, reference) ?? `couldn't find key ${key} in ${kind} ${this.namespace}/${name}`;
  }

  /** @returns Undefined where there is no such object. */
  private keysOf(kind: Source, name: string): ReadonlySet<string> | undefined {
    const found =
      kind === "Secret"
        ? this.api.secrets.get(this.namespace, name)
        : this.api.of<ConfigMap>(KINDS.configMap).get(this.namespace, name);
    if (!found) return undefined;
    return new Set([...Object.keys(found.data ?? {}), ...Object.keys((found as ConfigMap).binaryData ?? {})]);
  }
}

interface ConfigMap extends NewObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

type Source = "ConfigMap" | "Secret";
type Node = Readonly<Record<string, Json | undefined>>;

/** As the kubelet calls them. */
const WORDS = {
  ConfigMap: { missing: "configmap", key: "config" },
  Secret: { missing: "secret", key: "secret" },
} as const;

function objectAt(value: unknown, key: string): Node | undefined {
  const found = typeof value === "object" && value !== null ? (value as Node)[key] : undefined;
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Node) : undefined;
}

function listAt(value: unknown, key: string): Node[] {
  const found = typeof value === "object" && value !== null ? (value as Node)[key] : undefined;
  return Array.isArray(found) ? (found as Node[]) : [];
}

function textAt(value: unknown, key: string): string | undefined {
  const found = typeof value === "object" && value !== null ? (value as Node)[key] : undefined;
  return typeof found === "string" && found !== "" ? found : undefined;
}
