import { createClouds } from "../../../rehearsal/clouds";
import type { FederatedCredential } from "../../../rehearsal/clouds/federation";

/** Words of Entra ID's token service: https://learn.microsoft.com/entra/identity-platform/reference-error-codes and reports of users. */

const NOW = new Date("2026-01-31T12:00:00Z");
const SCOPE = "https://management.core.windows.net//.default openid";
const AUDIENCE = "api://AzureADTokenExchange";
const ISSUER = "https://oidc.example.com/edge";

type Wanted = Omit<FederatedCredential, "id" | "isDelayed" | "knownFrom">;

function setUp() {
  const clouds = createClouds({ now: NOW, clusters: [{ context: "edge", issuer: ISSUER }] });
  const { entra } = clouds;
  const [cluster] = clouds.clusters;
  if (!cluster) throw new Error("no cluster");
  const application = entra.createApplication("pull", []);
  entra.createServicePrincipal(application.clientId, []);
  const trust = (changes: Partial<Wanted> = {}): FederatedCredential =>
    entra.addFederatedCredential(application.objectId, {
      ...{ name: "pull", issuer: ISSUER, subject: "system:serviceaccount:default:default", audience: AUDIENCE },
      description: "",
      ...changes,
    });
  const exchange = (seconds = 0, token?: string, clientId = application.clientId) => {
    const at = new Date(NOW.getTime() + seconds * 1000);
    const assertion = token ?? cluster.createToken("default", "default", [AUDIENCE], at);
    const answer = entra.exchange(entra.tenantId, clientId, assertion, SCOPE, at);
    return answer.ok ? "ok" : answer.reason;
  };
  return { clouds, cluster, application, trust, exchange };
}

test("a token that fits is exchanged", () => {
  const { trust, exchange } = setUp();
  trust();
  expect(exchange()).toBe("ok");
});

test.each<[string, Partial<Wanted>, RegExp]>([
  [
    "another issuer",
    { issuer: `${ISSUER}/` },
    /^AADSTS700211: .* assertion issuer 'https:\/\/oidc\.example\.com\/edge'\. Check/,
  ],
  [
    "another account",
    { subject: "system:serviceaccount:default:Default" },
    /^AADSTS700213: .* assertion subject 'system:serviceaccount:default:default'\. Check/,
  ],
  [
    "another audience",
    { audience: "api://AzureCRTokenExchange" },
    /^AADSTS700212: .* audience 'api:\/\/AzureADTokenExchange'\./,
  ],
])("%s is told apart, letter by letter", (_title, changes, message) => {
  const { trust, exchange } = setUp();
  trust(changes);
  expect(exchange()).toMatch(message);
});

test("without any credential, and in another tenant", () => {
  const { clouds, application, trust, exchange, cluster } = setUp();
  expect(exchange()).toMatch(
    /^AADSTS70021: No matching federated identity record found for presented assertion\. Assertion Issuer/,
  );
  trust();
  expect(exchange(0, undefined, "11111111-1111-1111-1111-111111111111")).toMatch(/^AADSTS700016: Application/);
  const token = cluster.createToken("default", "default", [AUDIENCE], NOW);
  expect(clouds.entra.exchange("other", application.clientId, token, SCOPE, NOW)).toMatchObject({ ok: false });
});

test("a new credential takes seconds to be known, and minutes after a try that came too early", () => {
  const after = (...seconds: number[]) => {
    const { clouds, trust, exchange } = setUp();
    Object.assign(clouds.entra, { federationLagMs: 10_000, federationPenaltyMs: 120_000 });
    trust();
    return seconds.map((time) => exchange(time).slice(0, 11));
  };
  expect(after(10)).toEqual(["ok"]);
  expect(after(9, 10, 129, 130)).toEqual(["AADSTS70021", "AADSTS70021", "AADSTS70021", "ok"]);
});

test("the issuer's documents must be reached, and have the key", () => {
  const { cluster, trust, exchange } = setUp();
  trust();
  cluster.issuer.isPublished = false;
  expect(exchange()).toBe("AADSTS50166: Request to External OIDC endpoint failed.");
  cluster.issuer.isPublished = true;
  const old = cluster.createToken("default", "default", [AUDIENCE], NOW);
  cluster.issuer.rebuild();
  expect(exchange(0, old)).toMatch(
    /^AADSTS7000272: The certificate with identifier edge-1 .* of identity provider https:/,
  );
  expect(exchange()).toBe("ok");
});

test("a token holds for an hour, and only as it was signed", () => {
  const { cluster, trust, exchange } = setUp();
  trust();
  const token = cluster.createToken("default", "default", [AUDIENCE], NOW);
  expect([exchange(3599, token), exchange(3600, token).slice(0, 12)]).toEqual(["ok", "AADSTS700024"]);
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString("base64url");
  expect(exchange(0, [header, forged, signature].join("."))).toMatch(/^AADSTS7000272/);
  expect(exchange(0, "no token")).toMatch(/^AADSTS50027/);
});

test("an application has 20 credentials at most, and none twice", () => {
  const { trust } = setUp();
  for (let index = 0; index < 20; index++) trust({ name: `n${index}`, subject: `s${index}` });
  expect(() => trust({ name: "n20", subject: "s20" })).toThrow("exceeded limit 20");
  const other = setUp();
  other.trust();
  expect(() => other.trust({ name: "other" })).toThrow("already exists");
});

test("the two documents are what OpenID Connect Discovery asks for", () => {
  const { cluster } = setUp();
  const { configuration, keys } = cluster.issuer.documents;
  expect(configuration).toEqual({
    issuer: ISSUER,
    jwks_uri: `${ISSUER}/openid/v1/jwks`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  });
  expect(keys.keys).toEqual([
    { kty: "RSA", alg: "RS256", use: "sig", kid: "edge-1", e: "AQAB", n: expect.any(String) as string },
  ]);
});
