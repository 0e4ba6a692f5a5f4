import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { controllersSecretName, type NamedPullSecret } from "../config/pull-secret";
import { goTemplate } from "./go-template";
import { literal } from "./literal";
import { nonEmpty } from "./non-empty";

export interface GeneratedSecretProps {
  readonly secret: NamedPullSecret;
  readonly namespace: string;
  /** Host that the images' names begin with. */
  readonly loginServer: string;
  readonly tenantId: string;
  /** Service account whose tokens are exchanged. */
  readonly account: string;
  /** `PublicCloud` */
  readonly environmentType: string;
}

/** The token of the registry lives three hours. Longer intervals than this lose the reserve for a controller that is down. */
const REFRESH_INTERVAL = "1h0m0s";

/** What kubectl writes, as a template of the operator. */
const LOGIN = `{"username":"{{ .username }}","password":"{{ .password }}","auth":"{{ printf "%s:%s" .username .password | b64enc }}"}`;

/**
 * A pull secret that External Secrets Operator writes and renews. Waited for: pods come after it.
 * https://external-secrets.io/latest/api/generator/acr/
 */
export class GeneratedSecret extends Construct {
  /** Name of the secret, as a reference that makes users wait for it. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const { secret, namespace, loginServer, tenantId, account, environmentType } = props;
    const name = controllersSecretName({ controller: "externalSecrets" }, secret.name);
    const generator = new Manifest(this, "generator", {
      manifest: {
        apiVersion: "generators.external-secrets.io/v1alpha1",
        kind: "ACRAccessToken",
        metadata: { name, namespace },
        spec: {
          registry: loginServer,
          tenantId,
          environmentType,
          auth: { workloadIdentity: { serviceAccountRef: { name: account } } },
        },
      },
    });
    const metadata = nonEmpty({
      ...(Object.keys(secret.labels).length > 0 && { labels: { ...secret.labels } }),
      ...(Object.keys(secret.annotations).length > 0 && {
        annotations: Object.fromEntries(
          Object.entries(secret.annotations).map(([key, { text }]) => [key, literal({ text: goTemplate(text) })]),
        ),
      }),
    });
    const external = new Manifest(this, "secret", {
      manifest: {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name, namespace },
        spec: {
          refreshInterval: REFRESH_INTERVAL,
          target: {
            name,
            template: {
              type: "kubernetes.io/dockerconfigjson",
              ...(metadata && { metadata }),
              data: { ".dockerconfigjson": `{"auths":{"${loginServer}":${LOGIN}}}` },
            },
          },
          dataFrom: [
            {
              sourceRef: {
                generatorRef: {
                  apiVersion: "generators.external-secrets.io/v1alpha1",
                  kind: "ACRAccessToken",
                  name: nameOf(generator),
                },
              },
            },
          ],
        },
      },
      wait: { condition: [{ type: "Ready", status: "True" }] },
    });
    this.secretName = nameOf(external);
  }
}

function nameOf({ fqn }: Manifest): string {
  return Token.asString(`\${${fqn}.object.metadata.name}`);
}
