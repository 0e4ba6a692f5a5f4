import { createClouds, type Clouds } from "../../../../rehearsal/clouds";
import { AcrPullController } from "../../../../rehearsal/clouds/controllers/acr-pull";
import { ExternalSecretsOperator } from "../../../../rehearsal/clouds/controllers/external-secrets";
import type { Reach } from "../../../../rehearsal/clouds/controllers/token-client";
import type { NewObject } from "../../../../rehearsal/clouds/kubernetes/api-object";
import type { Cluster } from "../../../../rehearsal/clouds/kubernetes/cluster";
import { KINDS } from "../../../../rehearsal/clouds/kubernetes/kinds";
import { readToken } from "../../../../rehearsal/clouds/jwt";

/**
 * Every field that the controllers send, from their source:
 * - external-secrets v2.9.0: generators/v1/acr/acr.go (accessTokenForWorkloadIdentity, fetchACRRefreshToken, fetchACRAccessToken),
 *   providers/v1/azure/keyvault/keyvault.go (FetchSAToken, NewTokenProvider, ServiceManagementEndpointForType); MSAL for Go v1.5.0 sends
 *   the sign-in: apps/internal/oauth/ops/accesstokens/accesstokens.go (FromAssertion, addScopeQueryParam).
 * - msi-acrpull v0.1.24: internal/controller/acrpullbinding_v1beta2_controller.go (mintToken, CreatePullCredential),
 *   pkg/authorizer/token_retriever.go (ARMTokenForBinding) and token_exchanger.go (ExchangeACRAccessToken); azcontainerregistry v0.2.2
 *   sends the exchange: authentication_client.go. MSAL for Go v1.5.0 as above.
 * - Names of what Azure offers: azure.PublicCloud of go-autorest's autorest/azure/environments.go, and azcore/arm/runtime/runtime.go.
 */

const NOW = new Date("2026-01-31T12:00:00Z");
const ISSUER = "https://oidc.example.com/edge";

function setUp(controller: (reach: Reach) => ExternalSecretsOperator | AcrPullController) {
  const clouds = createClouds({ now: NOW, clusters: [{ context: "edge", issuer: ISSUER }] });
  const [cluster] = clouds.clusters;
  if (!cluster) throw new Error("no cluster");
  cluster.install(
    controller({
      post: (request, time) => clouds.endpoints.post(request, time),
      createToken: (...wanted) => cluster.createToken(...wanted),
    }),
  );
  const { entra, arm } = clouds;
  const [subscriptionId = ""] = arm.subscriptionIds;
  arm.createGroup(subscriptionId, "rg", "westeurope");
  const registry = arm.createRegistry({
    ...{ subscriptionId, resourceGroup: "rg", name: "shopregistry", location: "westeurope", sku: "Basic", tags: {} },
    ...{ adminEnabled: false, anonymousPullEnabled: false, publicNetworkAccess: true, hasNetworkRules: false },
  });
  const application = entra.createApplication("pull", [entra.caller.objectId]);
  const principal = entra.createServicePrincipal(application.clientId, []);
  arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: principal.objectId });
  return { clouds, cluster, application };
}

function create(
  cluster: Cluster,
  apiVersion: string,
  kind: string,
  object: NewObject & { readonly spec: object },
): void {
  const known = cluster.api.kindOf(apiVersion, kind);
  if (!known) throw new Error(`no kind ${kind}`);
  cluster.api.of(known).create(object);
}

function trust({ entra }: Clouds, objectId: string, audience: string): void {
  const subject = "system:serviceaccount:default:acr-pull";
  entra.addFederatedCredential(objectId, { name: "pull", issuer: ISSUER, subject, audience, description: "" });
}

function account(cluster: Cluster, annotations: Readonly<Record<string, string>> = {}): void {
  const metadata = { namespace: "default", name: "acr-pull", annotations };
  cluster.api.of(KINDS.serviceAccount).create({ metadata });
}

/** What a service account token says, in place of the token. */
function told(form: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      const claims = readToken(value)?.claims;
      return [
        name,
        claims
          ? { iss: claims.iss, aud: claims.aud, ...(claims.access !== undefined && { access: claims.access }) }
          : value,
      ];
    }),
  );
}

const signIn = (tenantId: string, clientId: string, audience: string) => ({
  url: `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
  form: {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: { iss: ISSUER, aud: [audience] },
    client_id: clientId,
    client_info: "1",
    scope: "https://management.core.windows.net//.default openid offline_access profile",
  },
});
const entraToken = (tenantId: string) => ({
  iss: `https://sts.windows.net/${tenantId}/`,
  aud: "https://management.core.windows.net/",
});
const registryToken = { iss: "Azure Container Registry", aud: "shopregistry.azurecr.io" };

test.each<[string, string | undefined]>([
  ["a refresh token", undefined],
  ["with a scope an access token", "repository:shop/web:pull"],
])("External Secrets Operator: %s", (_title, scope) => {
  const { clouds, cluster, application } = setUp((reach) => new ExternalSecretsOperator(reach));
  const { tenantId } = clouds.entra;
  trust(clouds, application.objectId, "api://AzureADTokenExchange");
  account(cluster, {
    "azure.workload.identity/client-id": application.clientId,
    "azure.workload.identity/tenant-id": tenantId,
  });
  create(cluster, "generators.external-secrets.io/v1alpha1", "ACRAccessToken", {
    metadata: { namespace: "default", name: "pull" },
    spec: {
      ...{ registry: "shopregistry.azurecr.io", tenantId, environmentType: "PublicCloud" },
      ...(scope !== undefined && { scope }),
      auth: { workloadIdentity: { serviceAccountRef: { name: "acr-pull" } } },
    },
  });
  create(cluster, "external-secrets.io/v1", "ExternalSecret", {
    metadata: { namespace: "default", name: "pull" },
    spec: { dataFrom: [{ sourceRef: { generatorRef: { kind: "ACRAccessToken", name: "pull" } } }] },
  });
  cluster.controllersAct();

  expect(cluster.secrets.get("default", "pull")?.data?.username).toBe("00000000-0000-0000-0000-000000000000");
  expect(clouds.endpoints.requests.map(({ url, form }) => ({ url, form: told(form) }))).toEqual([
    signIn(tenantId, application.clientId, "api://AzureADTokenExchange"),
    {
      url: "https://shopregistry.azurecr.io/oauth2/exchange",
      form: {
        ...{ grant_type: "access_token", service: "shopregistry.azurecr.io", tenant: tenantId },
        access_token: entraToken(tenantId),
      },
    },
    ...(scope === undefined
      ? []
      : [
          {
            url: "https://shopregistry.azurecr.io/oauth2/token",
            form: {
              ...{ grant_type: "refresh_token", service: "shopregistry.azurecr.io", scope },
              refresh_token: registryToken,
            },
          },
        ]),
  ]);
});

test("msi-acrpull", () => {
  const { clouds, cluster, application } = setUp((reach) => new AcrPullController(reach));
  const { tenantId } = clouds.entra;
  trust(clouds, application.objectId, "api://AzureCRTokenExchange");
  account(cluster);
  create(cluster, "acrpull.microsoft.com/v1beta2", "AcrPullBinding", {
    metadata: { namespace: "default", name: "pull" },
    spec: {
      acr: { server: "shopregistry.azurecr.io", environment: "PublicCloud", scope: "repository:shop/web:pull" },
      auth: {
        workloadIdentity: { serviceAccountRef: "acr-pull", clientID: application.clientId, tenantID: tenantId },
      },
      serviceAccountName: "acr-pull",
    },
  });
  cluster.controllersAct();

  const { auths } = JSON.parse(
    cluster.secrets.get("default", "acr-pull-pull")?.data?.[".dockerconfigjson"] ?? "{}",
  ) as {
    auths: Record<string, { username: string; email: string; password: string }>;
  };
  expect(auths["shopregistry.azurecr.io"]).toMatchObject({
    username: "00000000-0000-0000-0000-000000000000",
    email: "msi-acrpull@azurecr.io",
  });
  expect(clouds.endpoints.requests.map(({ url, form }) => ({ url, form: told(form) }))).toEqual([
    signIn(tenantId, application.clientId, "api://AzureCRTokenExchange"),
    {
      url: "https://shopregistry.azurecr.io/oauth2/exchange?api-version=2021-07-01",
      form: { grant_type: "access_token", service: "shopregistry.azurecr.io", access_token: entraToken(tenantId) },
    },
    {
      url: "https://shopregistry.azurecr.io/oauth2/token?api-version=2021-07-01",
      form: {
        ...{ service: "shopregistry.azurecr.io", scope: "repository:shop/web:pull", grant_type: "refresh_token" },
        refresh_token: registryToken,
      },
    },
  ]);
});
