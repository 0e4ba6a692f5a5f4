import type { Container, Json, NewObject, PodSpec } from "./api-object";
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
  configFault(container: Container): string | undefined {
    const variables = listAt(container, "env").map((variable) => objectAt(variable, "valueFrom"));
    const sources = listAt(container, "envFrom");
    return first([
      ...sources.flatMap((source) => [
        () => this.wholeFault("ConfigMap", objectAt(source, "configMapRef")),
        () => this.wholeFault("Secret", objectAt(source, "secretRef")),
      ]),
      ...variables.flatMap((source) => [
        () => this.keyFault("ConfigMap", objectAt(source, "configMapKeyRef")),
        () => this.keyFault("Secret", objectAt(source, "secretKeyRef")),
      ]),
    ]);
  }

  private sourceFault(kind: Source, source: Node | undefined, ...names: readonly string[]): string | undefined {
    const name = names.map((key) => textAt(source, key)).find((text) => text !== undefined);
    if (!source || name === undefined || source.optional === true) return undefined;
    const keys = this.keysOf(kind, name);
    if (!keys) return `${WORDS[kind].missing} "${name}" not found`;
    const absent = listAt(source, "items").find((item) => !keys.has(textAt(item, "key") ?? ""));
    return absent && `references non-existent ${WORDS[kind].key} key: ${textAt(absent, "key") ?? ""}`;
  }

  private wholeFault(kind: Source, source: Node | undefined): string | undefined {
    const name = textAt(source, "name");
    if (name === undefined || source?.optional === true || this.keysOf(kind, name)) return undefined;
    return `${WORDS[kind].missing} "${name}" not found`;
  }

  private keyFault(kind: Source, source: Node | undefined): string | undefined {
    const [name, key] = [textAt(source, "name"), textAt(source, "key")];
    if (name === undefined || key === undefined || source?.optional === true) return undefined;
    const keys = this.keysOf(kind, name);
    if (!keys) return `${WORDS[kind].missing} "${name}" not found`;
    return keys.has(key) ? undefined : `couldn't find key ${key} in ${kind} ${this.namespace}/${name}`;
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

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

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
