import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { dockerConfigJson } from "./docker-config-json";
import type { PullCredential } from "./pull-credential";

export interface ImagePullSecretProps {
  /** Name of the secret. A change makes a new secret and rolls the pods that use it. */
  readonly name: string;
  /** Namespace of the pods: Kubernetes looks nowhere else. */
  readonly namespace: string;
  /** Host that the images' names begin with. */
  readonly loginServer: string;
  readonly credential: PullCredential;
}

/** A pull secret in one namespace, renewed in place: running pods do not notice, new pods pull with the new password. */
export class ImagePullSecret extends Construct {
  /** Reference to the secret's name, so that what uses it waits for it. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, { name, namespace, loginServer, credential }: ImagePullSecretProps) {
    super(scope, id);
    // Remote state drops the producer's sensitive marks.
    const password = Token.asString(Fn.sensitive(credential.password));
    const secret = new SecretV1(this, "secret", {
      metadata: {
        name,
        namespace,
        annotations: {
          "acr-pull/expires": credential.expires,
          "acr-pull/apply-before": credential.applyBefore,
        },
      },
      type: "kubernetes.io/dockerconfigjson",
      // Plain text: the provider encodes it.
      data: { ".dockerconfigjson": dockerConfigJson(loginServer, credential.username, password) },
    });
    this.secretName = secret.metadata.name;
  }
}
