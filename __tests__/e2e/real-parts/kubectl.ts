import { spawnSync } from "node:child_process";

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Looks at a real cluster, and does there what others are expected to do. */
export class Kubectl {
  constructor(private readonly kubeconfig: string) {}

  /** @throws {Error} With kubectl's words where it fails. */
  run(args: readonly string[], input?: string): string {
    const options = { encoding: "utf8", maxBuffer: 2 ** 28, ...(input !== undefined && { input }) } as const;
    const { status, stdout, stderr } = spawnSync("kubectl", ["--kubeconfig", this.kubeconfig, ...args], options);
    if (status !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim()}`);
    return stdout;
  }

  apply(object: object): void {
    this.run(["apply", "-f", "-"], JSON.stringify(object));
  }

  namespaces(): string[] {
    return this.run(["get", "namespaces", "-o", "name", "--field-selector", "status.phase=Active"])
      .trim()
      .split("\n")
      .map((name) => name.replace("namespace/", ""));
  }

  /** Names of the nodes that do not have a label. */
  nodesWithout(key: string, value: string): string[] {
    const names = this.run(["get", "nodes", "-o", "name", "-l", `${key}!=${value}`]).trim();
    return names.split("\n").flatMap((name) => name.replace("node/", "") || []);
  }

  /** Pods of one namespace: all, and those that are not ready. */
  pods(namespace: string): { all: string[]; notReady: string[] } {
    const { items } = JSON.parse(this.run(["get", "pods", "-n", namespace, "-o", "json"])) as { items: Pod[] };
    const nameOf = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;
    const isReady = ({ status }: Pod) =>
      (status.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");
    return { all: items.map(nameOf), notReady: items.filter((pod) => !isReady(pod)).map(nameOf) };
  }

  /** What the cluster warned of, newest last. */
  warnings(): string {
    const columns = "custom-columns=REASON:.reason,MESSAGE:.message";
    const text = this.run(["get", "events", "-A", "--field-selector", "type=Warning", "-o", columns, "--no-headers"]);
    return text.trim().split("\n").slice(-8).join("\n");
  }
}
