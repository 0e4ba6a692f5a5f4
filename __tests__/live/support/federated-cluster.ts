import type { TestCluster } from "./api-server";
import { ISSUERS, registryToken, TOKEN_USER, unsignedToken } from "./azure";
import { auths, cluster, event, PATHS, pod, pullSecret } from "./cluster-objects";

/** Seconds. */
export const HOUR = 60 * 60;
export const SUBJECT = "system:serviceaccount:shop:acr-pull";
export const issuerOf = (name: string) => `https://${ISSUERS}/${name}`;
/** What issuers publish: {@link issuerOf} of others has nothing. */
export const PUBLISHED = { fine: ["key-0", "key-1"], other: ["key-1"] };
/** What an application trusts that is as it should be. */
export const TRUSTS = ["fine", "hidden"].map((name) => `${issuerOf(name)} ${SUBJECT}`);
/** What one trusts that is meant for another namespace. */
export const TRUSTS_ANOTHER = [`${issuerOf("fine")} system:serviceaccount:blog:acr-pull`];

const SECRETS = { externalSecrets: "contoso-secret-federated", acrPull: "acr-pull-contoso-secret" };
const OBJECTS = {
  externalSecrets: "/apis/external-secrets.io/v1/namespaces/shop/externalsecrets/contoso-secret-federated",
  acrPull: "/apis/acrpull.microsoft.com/v1beta2/namespaces/shop/acrpullbindings/contoso-secret",
};
const ACCOUNT = `${PATHS.namespace}/serviceaccounts/acr-pull`;

/** How a cluster differs from one where all is well. */
export interface FederatedCase {
  /** @default externalSecrets */
  readonly controller?: keyof typeof SECRETS;
  /** What the file says. @default fine */
  readonly issuer?: string;
  /** What the cluster says. @default - as the file */
  readonly own?: string;
  /** Key of the cluster's tokens. */
  readonly kid?: string;
  /** Of the token in the secret, seconds from now. */
  readonly began?: number;
  readonly ends?: number;
  readonly others?: Readonly<Record<string, object | number | undefined>>;
}

const ready = (status: "True" | "False", message: string) => ({
  metadata: { name: SECRETS.externalSecrets },
  status: {
    conditions: [{ type: "Ready", status, reason: status === "True" ? "SecretSynced" : "SecretSyncedError", message }],
    refreshTime: "2026-01-02T03:04:05Z",
  },
});
const bound = (status: object) => ({ metadata: { name: "contoso-secret" }, status });

export const FEDERATED_CASES = {
  fine: {},
  bound: { controller: "acrPull" },
  uninstalled: {
    others: { [OBJECTS.externalSecrets]: undefined, "/apis/external-secrets.io/v1": undefined },
  },
  unapplied: { others: { [OBJECTS.externalSecrets]: undefined } },
  silent: { others: { [OBJECTS.externalSecrets]: { metadata: { name: SECRETS.externalSecrets } } } },
  told: {
    others: {
      [OBJECTS.externalSecrets]: ready("False", "could not get secret data from provider"),
      [PATHS.event]: event("AADSTS700213: No matching federated identity record found", {
        ...{ reason: "UpdateFailed", kind: "ExternalSecret", name: SECRETS.externalSecrets },
      }),
    },
  },
  refusing: {
    controller: "acrPull",
    others: { [OBJECTS.acrPull]: bound({ error: "failed to exchange AAD access token for ACR refresh token: 401" }) },
  },
  moved: { own: issuerOf("other") },
  slash: { own: `${issuerOf("fine")}/` },
  old: { kid: "new-key" },
  hidden: { issuer: issuerOf("hidden") },
  late: { began: -2 * HOUR, ends: HOUR },
  over: { began: -4 * HOUR, ends: -HOUR },
  blind: { others: { [`${ACCOUNT}/token`]: 403, [OBJECTS.externalSecrets]: 403 } },
} satisfies Record<string, FederatedCase>;

/** What the file says of such a cluster. @param name Of the application. */
export function federatedPull(name: string, { controller = "externalSecrets", issuer }: FederatedCase = {}): object {
  return { federated: { controller, issuer: issuer ?? issuerOf("fine"), name } };
}

/** Such a cluster, and the secrets that lie in it or that it gives. */
export function federatedCluster(
  clientId: string,
  { controller = "externalSecrets", kid = "key-1", began = 0, ends = 3 * HOUR, ...of }: FederatedCase = {},
): { objects: TestCluster; secrets: string[] } {
  const { issuer = issuerOf("fine"), own = issuer, others = {} } = of;
  const pulls = registryToken("refresh", { began, ends });
  const asked = unsignedToken({ alg: "RS256", kid }, { iss: own, sub: SUBJECT });
  const secret = SECRETS[controller];
  const resources = ["ExternalSecret", "ACRAccessToken", "AcrPullBinding"].map((kind) => ({ kind }));
  const served = ["external-secrets.io/v1", "generators.external-secrets.io/v1alpha1", "acrpull.microsoft.com/v1beta2"];
  const annotations = {
    "azure.workload.identity/client-id": clientId,
    "azure.workload.identity/tenant-id": "11111111-1111-1111-1111-111111111111",
  };
  const objects = cluster(undefined, {
    ...Object.fromEntries(served.map((group) => [`/apis/${group}`, { resources }])),
    "/.well-known/openid-configuration": { issuer: own },
    "/openid/v1/jwks": { keys: [{ kid }] },
    [PATHS.pod]: pod({ running: {} }, { secrets: [secret] }),
    [`${PATHS.namespace}/secrets/${secret}`]: pullSecret(auths(TOKEN_USER, pulls)),
    [ACCOUNT]: { metadata: { name: "acr-pull", annotations } },
    [`${ACCOUNT}/token`]: { kind: "TokenRequest", status: { token: asked } },
    [OBJECTS[controller]]:
      controller === "externalSecrets"
        ? ready("True", "secret synced")
        : bound({ lastTokenRefreshTime: "2026-01-02T03:04:05Z", tokenExpirationTime: "2026-01-02T04:19:05Z" }),
    ...others,
  });
  return { objects, secrets: [pulls, asked] };
}
