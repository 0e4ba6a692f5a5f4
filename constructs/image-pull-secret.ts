import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { NamedPullSecret } from "../config/pull-secret";
import { APPLY_BEFORE, EXPIRES } from "../config/secret-annotations";
import { adoptObject } from "./adopted-object";
import { dockerConfigJson } from "./docker-config-json";
import { literals } from "./literal";
import { nonEmpty } from "./non-empty";
import type { Deadline } from "./pull-credential";

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
  /** Plain name of the namespace in which it was made by hand: the next apply imports it. @default - it is made here */
  readonly adoptIn?: string | undefined;
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
    if (props.adoptIn !== undefined)
      adoptObject(this, "adopted", secret, { apiVersion: "v1", kind: "Secret", name, namespace: props.adoptIn });
    this.secretName = secret.metadata.name;
  }
}
