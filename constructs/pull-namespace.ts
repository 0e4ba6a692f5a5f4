import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct } from "constructs";
import { isBuiltInNamespace } from "../config/namespaces";
import { ForgottenResource } from "./forgotten-resource";
import type { PullCredential } from "./pull-credential";

export interface PullNamespaceProps {
  readonly name: string;
  /** Whether it is somebody else's, and is only used. */
  readonly existing: boolean;
  /** Pod Security Standard that it enforces, where it is created. */
  readonly podSecurity: "restricted" | "baseline" | "privileged";
  /** Name for the pull secret, where one is made. */
  readonly pullSecret: string;
  readonly loginServer: string;
  readonly credential: PullCredential;
}

/** A namespace, created or existing, whose pods can pull. */
export class PullNamespace extends Construct {
  /** Name of the namespace; where it is created, a reference that makes users wait for it. */
  readonly namespace: string;
  /** Name for the pods' `imagePullSecrets`. @default - pods need none */
  readonly pullSecretName: string | undefined;

  constructor(scope: Construct, id: string, props: PullNamespaceProps) {
    super(scope, id);
    const { name, existing, podSecurity, pullSecret, loginServer, credential } = props;
    const labels = { "pod-security.kubernetes.io/enforce": podSecurity };
    this.namespace = existing ? name : new NamespaceV1(this, "namespace", { metadata: { name, labels } }).metadata.name;
    if (existing && !isBuiltInNamespace(name))
      new ForgottenResource(this, "namespace", { type: NamespaceV1.tfResourceType });
    this.pullSecretName = credential.grant(this, { namespace: this.namespace, loginServer, secretName: pullSecret });
  }
}
