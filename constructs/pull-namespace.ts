import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { isBuiltInNamespace } from "../config/namespaces";
import type { NamedPullSecret } from "../config/pull-secret";
import type { Texts } from "../config/text";
import { adoptObject } from "./adopted-object";
import { ForgottenResource } from "./forgotten-resource";
import { literals } from "./literal";
import { nonEmpty } from "./non-empty";
import type { AdoptedSecret, PullCredential } from "./pull-credential";
import { PullingAccount } from "./pulling-account";

export interface PullNamespaceProps {
  readonly name: string;
  /** Whether it is somebody else's, and is only used. */
  readonly existing: boolean;
  /** Whether it was made by hand, and is to be managed here: the next apply imports it. @default false */
  readonly adopt?: boolean | undefined;
  /** Its name as a reference to what makes it, where that is another element of the stack. @default - nothing else does */
  readonly reference?: string | undefined;
  /** Pod Security Standard that it enforces, where it is created. */
  readonly podSecurity: "restricted" | "baseline" | "privileged";
  /** Where it is created. @default - that of `podSecurity` alone */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where it is created. @default - none */
  readonly annotations?: Texts;
  /** The pull secret, where one is made. */
  readonly pullSecret: NamedPullSecret;
  /** Names of service accounts whose pods need not name the secret. @default - none */
  readonly serviceAccounts?: readonly string[];
  readonly loginServer: string;
  readonly credential: PullCredential;
  /** Names of Deployments that were made by hand in it, and that the next apply imports. @default - none */
  readonly handMade?: readonly string[];
}

/** A namespace, created or existing, whose pods can pull. The one place where a namespace gets its pull secret. */
export class PullNamespace extends Construct {
  /** Name of the namespace; where it is created, a reference that makes users wait for it. */
  readonly namespace: string;
  /** Name for the pods' `imagePullSecrets`. @default - pods need none */
  readonly pullSecretName: string | undefined;
  private readonly accounts: ReadonlyMap<string, PullingAccount>;

  constructor(scope: Construct, id: string, props: PullNamespaceProps) {
    super(scope, id);
    const { name, reference, pullSecret: secret, loginServer, credential, serviceAccounts = [] } = props;
    const existing = props.existing && reference === undefined;
    this.namespace = reference ?? (existing ? name : this.create(props));
    if (existing && !isBuiltInNamespace(name))
      new ForgottenResource(this, "namespace", { type: NamespaceV1.tfResourceType });
    const { namespace } = this;
    this.pullSecretName = credential.grant(this, {
      namespace,
      loginServer,
      secret,
      adopt: adoptedSecret(props),
    });
    const { pullSecretName } = this;
    const group = new Construct(this, "service-accounts");
    this.accounts = new Map(
      serviceAccounts.map((account) => [
        account,
        new PullingAccount(group, account, { name: account, namespace, existing, pullSecretName }),
      ]),
    );
  }

  /** What pods need in it that is made here: itself, the secret, service accounts. */
  get resources(): TerraformResource[] {
    return this.node.findAll().filter((element) => TerraformResource.isTerraformResource(element));
  }

  /** @returns The name of a service account; where it is made here, a reference that makes users wait for it. */
  account(name: string): string {
    return this.accounts.get(name)?.accountName ?? name;
  }

  private create({ name, podSecurity, labels = {}, annotations = {}, adopt }: PullNamespaceProps): string {
    const resource = new NamespaceV1(this, "namespace", {
      metadata: {
        name,
        labels: { ...labels, "pod-security.kubernetes.io/enforce": podSecurity },
        annotations: nonEmpty(literals(annotations)),
      },
    });
    if (adopt) adoptObject(this, "adopted-namespace", resource, { apiVersion: "v1", kind: "Namespace", name });
    return resource.metadata.name;
  }
}

/** What the file says was made by hand, and what pods that were made by hand may name. */
function adoptedSecret({ name, pullSecret, handMade = [] }: PullNamespaceProps): AdoptedSecret | undefined {
  if (pullSecret.adopt) return { namespace: name };
  return handMade.length > 0 ? { namespace: name, deployments: handMade } : undefined;
}
