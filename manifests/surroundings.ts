import { mappingAt } from "./checks/check";
import type { OthersSay } from "./explicit";
import type { Placed } from "./place-objects";
import { ownSecretsIn } from "./secrets";

export interface SurroundingsOptions {
  /** Whether a host is the environment's registry. */
  readonly isOwnHost: (host: string) => boolean;
  /** Names of the pull secret that namespaces get. */
  readonly pullSecrets: readonly string[];
}

/** What the other objects of a set say of one. */
export class Surroundings {
  /** Whether service accounts give their pods a token, by namespace and name. */
  private readonly accounts = new Map<string, boolean>();
  private readonly secrets = new Map<string, string[]>();
  /** Kind, namespace and name of what an autoscaler scales. */
  private readonly scaled = new Set<string>();

  constructor(
    placed: readonly Placed[],
    private readonly options: SurroundingsOptions,
  ) {
    for (const { object, namespace = "", value } of placed) {
      const { kind, name } = object;
      const mounts = value.automountServiceAccountToken;
      if (kind === "ServiceAccount" && typeof mounts === "boolean") this.accounts.set(`${namespace}/${name}`, mounts);
      if (ownSecretsIn(kind, value, options.isOwnHost)) {
        this.secrets.set(namespace, [...(this.secrets.get(namespace) ?? []), name]);
      }
      if (kind !== "HorizontalPodAutoscaler") continue;
      const target = mappingAt(value, ["spec", "scaleTargetRef"]);
      this.scaled.add(`${String(target.kind)} ${namespace}/${String(target.name)}`);
    }
  }

  of(namespace = ""): OthersSay {
    return { mountsToken: (account) => this.accounts.get(`${namespace}/${account}`) };
  }

  /** Names of secrets in a namespace that hold credentials for the environment's registry, and for no other. */
  pullSecrets(namespace = ""): ReadonlySet<string> {
    return new Set([...this.options.pullSecrets, ...(this.secrets.get(namespace) ?? [])]);
  }

  /** Arguments of a resource that others change: its autoscaler, and whoever restarts its pods. */
  ignored({ object: { kind, name }, namespace = "", typed }: Placed): string[] {
    if (!typed || !/^(Deployment|StatefulSet|DaemonSet)$/.test(kind)) return [];
    const isScaled = this.scaled.has(`${kind} ${namespace}/${name}`);
    return [
      'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]',
      ...(isScaled ? ["spec[0].replicas"] : []),
    ];
  }
}
