import { secondsOf, SigningKey, type PublicKey } from "../jwt";

/** The two documents of an issuer: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery */
export interface IssuerDocuments {
  /** `/.well-known/openid-configuration` */
  readonly configuration: { readonly issuer: string; readonly jwks_uri: string; readonly [more: string]: unknown };
  /** What `jwks_uri` leads to. */
  readonly keys: { readonly keys: readonly PublicKey[] };
}

/** Life of a token that is asked for without a wish: of the API server's TokenRequest. */
const LIFE_SECONDS = 3600;

/** Signs the tokens of a cluster's service accounts. */
export class TokenIssuer {
  /** Whether others reach the documents. */
  isPublished = true;
  private key: SigningKey;
  private made = 1;

  /** @param url `iss` of its tokens. */
  constructor(
    public url: string,
    private readonly name: string,
  ) {
    this.key = new SigningKey(`${name}-1`);
  }

  get documents(): IssuerDocuments {
    const { url } = this;
    const uri = `${url.replace(/\/$/, "")}/openid/v1/jwks`;
    return {
      configuration: {
        ...{ issuer: url, jwks_uri: uri },
        response_types_supported: ["id_token"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      },
      keys: { keys: [this.key.publicKey] },
    };
  }

  /** The cluster is made anew: it signs with another key. @param url @default - it says that it is the same issuer */
  rebuild(url = this.url): void {
    this.url = url;
    this.made++;
    this.key = new SigningKey(`${this.name}-${this.made}`);
  }

  sign(namespace: string, account: string, audiences: readonly string[], time: Date): string {
    const now = secondsOf(time);
    return this.key.sign({
      ...{ iss: this.url, sub: `system:serviceaccount:${namespace}:${account}`, aud: audiences },
      ...{ iat: now, nbf: now, exp: now + LIFE_SECONDS },
      "kubernetes.io": { namespace, serviceaccount: { name: account } },
    });
  }
}
