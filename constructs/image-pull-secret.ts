import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { NamedPullSecret } from "../config/pull-secret";
import { APPLY_BEFORE, EXPIRES } from "../config/secret-annotations";
import { namedSecretLookup } from "../bindings/lookups";
import { adoptObject } from "./adopted-object";
import { AdoptedResource } from "./adopted-resource";
import { dockerConfigJson } from "./docker-config-json";
import { literals } from "./literal";
import { nonEmpty } from "./non-empty";
import type { AdoptedSecret, Deadline } from "./pull-credential";

export interface ImagePullSecretProps {
  /** A change of its name makes a new secret and rolls the pods that use it. */
  readonly secret: NamedPullSecret;
  /** Namespace of the pods: Kubernetes looks nowhere else. */
  readonly namespace: string;
  /** Host that the images' names begin with. */
  readonly loginServer: string;
  readonly username: string;
  /** Secret. */
  readonly password: string;
  readonly deadline: Deadline;
  /** Made by hand, or maybe: the next apply imports it. @default - it is made here */
  readonly adopt?: AdoptedSecret | undefined;
  /** Keep the value out of state and plan; it is written again when this number changes. @default - it is in the state */
  readonly writeOnlyRevision?: number;
}

/** A pull secret in one namespace, renewed in place: running pods do not notice, new pods pull with the new password. */
export class ImagePullSecret extends Construct {
  /** Reference to the secret's name, so that what uses it waits for it. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: ImagePullSecretProps) {
    super(scope, id);
    const { namespace, loginServer, username, deadline, writeOnlyRevision } = props;
    const { name, labels, annotations } = props.secret;
    // Remote state drops the producer's sensitive marks.
    const password = Token.asString(Fn.sensitive(props.password));
    // Plain text: the provider encodes it.
    const data = { ".dockerconfigjson": dockerConfigJson(loginServer, username, password) };
    const secret = new SecretV1(this, "secret", {
      metadata: {
        name,
        namespace,
        labels: nonEmpty({ ...labels }),
        annotations: {
          ...literals(annotations),
          [EXPIRES]: deadline.expires,
          [APPLY_BEFORE]: deadline.applyBefore,
        },
      },
      type: "kubernetes.io/dockerconfigjson",
      ...(writeOnlyRevision === undefined ? { data } : { dataWo: data, dataWoRevision: writeOnlyRevision }),
    });
    if (props.adopt) this.import(name, secret, props.adopt);
    this.secretName = secret.metadata.name;
  }

  private import(name: string, resource: SecretV1, { namespace, deployments }: AdoptedSecret): void {
    if (!deployments) {
      adoptObject(this, "adopted", resource, { apiVersion: "v1", kind: "Secret", name, namespace });
      return;
    }
    new AdoptedResource(this, "adopted", {
      resource,
      what: `Secret ${name} in namespace ${namespace}`,
      maybe: true,
      object: (data) => namedSecretLookup(data, { namespace, name }, deployments),
    });
  }
}
