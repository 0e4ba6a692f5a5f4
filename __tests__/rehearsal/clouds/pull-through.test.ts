import { causeOf } from "../../../diagnosis";
import { pullFailure } from "../../../rehearsal/clouds/kubernetes/image-words";
import { createWorld, HOST, SUBSCRIPTION } from "./world";

const SET = "/credential-set";
const SECRETS = { user: "hub-user", password: "hub-token" };
const MORE = "For more information, please visit https://aka.ms/acr/cache";

/** A registry that caches Docker Hub's library, signed in by a credential set that reads two secrets of a vault. */
function caching({ role = "Key Vault Secrets User" }: { role?: string | undefined } = {}) {
  const { clouds, registry, principal, password } = createWorld();
  const vault = clouds.arm.createVault(SUBSCRIPTION, "acr-rg2", "kv-hub", "centralus");
  vault.setSecret(SECRETS.user, "shop");
  vault.setSecret(SECRETS.password, "right");
  const reader = clouds.entra.createManagedIdentity("credential-set-hub");
  if (role) clouds.arm.roles.assign({ scope: vault.id, roleName: role, principalId: reader.objectId });
  registry.credentialSets.set(SET, {
    ...{ loginServer: "docker.io", principalId: reader.objectId },
    usernameSecret: vault.secretUrl(SECRETS.user),
    passwordSecret: vault.secretUrl(SECRETS.password),
  });
  registry.cacheRules.set("hub", { source: "docker.io/library/*", target: "docker/*", credentialSetId: SET });
  const { others } = clouds.registries;
  others.add("docker.io", "library/nginx", "1.28.0");
  others.logins.set("docker.io", { username: "shop", password: "right" });
  const credentials = { username: principal.clientId, password: password.secret };
  const pull = () =>
    clouds.registries.pull({ loginServer: HOST, repository: "docker/nginx", reference: "1.28.0", credentials });
  return { clouds, registry, vault, others, pull };
}

const denied = (why: string) => ({
  ok: false,
  fault: "source-login",
  reason: `unauthorized: authentication required with source registry for cache rule 'hub'. ${MORE}: ${why}`,
});

test("what its login gets is fetched on the first pull, and served from then on, whatever becomes of the source", () => {
  const { registry, vault, others, pull } = caching();
  expect(registry.repositories.has("docker/nginx")).toBe(false);
  expect(pull()).toMatchObject({ ok: true });
  expect([...(registry.repositories.get("docker/nginx")?.tags.keys() ?? [])]).toEqual(["1.28.0"]);
  vault.setSecret(SECRETS.password, "wrong");
  others.away.add("docker.io");
  registry.cacheRules.clear();
  expect(pull()).toMatchObject({ ok: true });
});

test("a rule that is taken away fetches no more", () => {
  const { registry, pull } = caching();
  registry.cacheRules.clear();
  expect(pull()).toEqual({
    ...{ ok: false, fault: "not-found" },
    reason: 'name unknown: repository "docker/nginx" is not found',
  });
});

test("a password that the source takes for wrong is told, and a right one helps", () => {
  const { registry, vault, pull } = caching();
  vault.setSecret(SECRETS.password, "old");
  const answer = pull();
  expect(answer).toEqual(denied("docker.io takes the user name and the password of its credential set for wrong"));
  expect(causeOf("reason" in answer ? answer.reason : "")).toBe("source-login-refused");
  expect(registry.repositories.has("docker/nginx")).toBe(false);
  vault.setSecret(SECRETS.password, "right");
  expect(pull()).toMatchObject({ ok: true });
});

test("a secret that is not there, or may not be read, is told by its name", () => {
  const { vault, pull } = caching();
  vault.deleteSecret(SECRETS.password);
  expect(pull()).toEqual(denied("secret hub-token of its credential set is not there"));
  for (const role of ["", "Reader"]) {
    expect(caching({ role }).pull()).toEqual(denied("the identity of its credential set may not read secret hub-user"));
  }
  const { registry, pull: without } = caching();
  registry.credentialSets.clear();
  expect(without()).toEqual(denied("its credential set is not there"));
});

test("a limit of the source is the registry's answer: for those without a login, or for all", () => {
  const { registry, others, pull } = caching();
  const throttled = {
    ...{ ok: false, fault: "source-throttles" },
    reason: `toomanyrequests: too many requests to source registry for cache rule 'hub'. ${MORE}`,
  };
  others.limits.set("docker.io", "everyone");
  expect(pull()).toEqual(throttled);
  others.limits.set("docker.io", "anonymous");
  registry.cacheRules.set("hub", { source: "docker.io/library/*", target: "docker/*" });
  expect(pull()).toEqual(throttled);
  registry.cacheRules.set("hub", { source: "docker.io/library/*", target: "docker/*", credentialSetId: SET });
  expect(pull()).toMatchObject({ ok: true });
});

test("a source that is not reached is told", () => {
  const { others, pull } = caching();
  others.away.add("docker.io");
  expect(pull()).toEqual({
    ...{ ok: false, fault: "source-away" },
    reason: `unknown: request to fetch manifest from source 'docker.io/library/nginx' for cache rule 'hub' returned status code 502. ${MORE}`,
  });
  others.away.clear();
  expect(pull()).toMatchObject({ ok: true });
});

test.each([
  ["source-throttles", "429 Too Many Requests"],
  ["source-away", "502 Bad Gateway"],
  ["source-login", "401 Unauthorized"],
] as const)("a node sees the status of %s", (fault, status) => {
  expect(pullFailure(`${HOST}/docker/nginx:1.28.0`, fault, true)).toBe(
    `failed to pull and unpack image "${HOST}/docker/nginx:1.28.0": failed to resolve reference "${HOST}/docker/nginx:1.28.0": unexpected status from HEAD request to https://${HOST}/v2/docker/nginx/manifests/1.28.0: ${status}`,
  );
});
