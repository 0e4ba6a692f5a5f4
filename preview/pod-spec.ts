/** The pod of a `kubernetes_deployment_v1` as it is synthesized, as far as a container of Docker can be like it. */
export interface PodSpec {
  readonly security_context: {
    /** @default - the image's user */
    readonly run_as_user?: string;
    readonly sysctl?: readonly NameValue[];
  };
  readonly container: readonly [ContainerSpec];
}

interface ContainerSpec {
  /** @default - the image's ENTRYPOINT */
  readonly command?: readonly string[];
  /** @default - the image's CMD */
  readonly args?: readonly string[];
  readonly port: readonly [{ readonly container_port: number }];
  /** Without `value` it lies in a cluster. */
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources: { readonly limits: { readonly memory: string; readonly cpu?: string } };
  readonly security_context: {
    readonly allow_privilege_escalation: boolean;
    readonly read_only_root_filesystem: boolean;
    /** @default - those of the runtime */
    readonly capabilities?: { readonly drop: readonly string[] };
  };
  /** Each an empty folder. */
  readonly volume_mount?: readonly { readonly mount_path: string }[];
  readonly readiness_probe: { readonly http_get?: { readonly path: string } };
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}
