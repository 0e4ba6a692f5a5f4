import { generatePasswords } from "../../../rehearsal/clouds/registry-tokens";
import type { World } from "./world";
import { createWorld, DIGEST, HOST, registryRequest, REPOSITORY } from "./world";

const image = { loginServer: HOST, repository: REPOSITORY, reference: "v1" };

function credentialsOf({ principal, password }: World) {
  return { username: principal.clientId, password: password.secret };
}

function refusalOf(answer: { ok: boolean; reason?: string }): string {
  return answer.ok ? "pulled" : (answer.reason ?? "");
}

test("a principal with AcrPull pulls by tag and by digest", () => {
  const world = createWorld();
  const credentials = credentialsOf(world);
  const pull = (reference: string) => world.clouds.registries.pull({ ...image, reference, credentials });
  expect([pull("v1"), pull(DIGEST)]).toMatchObject([
    { ok: true, digest: DIGEST },
    { ok: true, digest: DIGEST },
  ]);
});

test("a tag resolves to what it points at now", () => {
  const world = createWorld();
  const moved = `sha256:${"cd".repeat(32)}`;
  world.clouds.registries.push(HOST, REPOSITORY, "v1", moved);
  expect(world.clouds.registries.pull({ ...image, credentials: credentialsOf(world) })).toMatchObject({
    ok: true,
    digest: moved,
  });
});

test("without credentials a pull is unauthorized", () => {
  const { clouds } = createWorld();
  expect(clouds.registries.pull(image)).toMatchObject({
    ok: false,
    reason: "unauthorized: authentication required: no credentials were sent",
  });
});

test("without credentials a pull works where anonymous pull is on", () => {
  const { clouds, registry } = createWorld();
  registry.anonymousPullEnabled = true;
  expect(clouds.registries.pull(image)).toMatchObject({ ok: true, digest: DIGEST });
});

test("a failed sign-in is unauthorized, with Entra's cause", () => {
  const world = createWorld();
  world.clouds.clock.set(world.password.end);
  const reason = refusalOf(world.clouds.registries.pull({ ...image, credentials: credentialsOf(world) }));
  expect(reason).toMatch(/^unauthorized: authentication required: AADSTS7000222: .*are expired/);
});

test("a principal without a role is denied, and told which role it needs", () => {
  const world = createWorld();
  for (const { id } of world.clouds.arm.roles.all()) world.clouds.arm.roles.delete(id);
  expect(refusalOf(world.clouds.registries.pull({ ...image, credentials: credentialsOf(world) }))).toBe(
    `denied: requested access to the resource is denied: principal ${world.principal.objectId} has no role that pulls "app2/acr-app2" from registry "acrdemo2ss"; it needs AcrPull`,
  );
});

test("in ABAC mode AcrPull is denied", () => {
  const world = createWorld();
  world.registry.roleAssignmentMode = "AbacRepositoryPermissions";
  expect(refusalOf(world.clouds.registries.pull({ ...image, credentials: credentialsOf(world) }))).toMatch(
    /^denied: .*it needs Container Registry Repository Reader \(the registry is in ABAC mode\)$/,
  );
});

test("a managed identity pulls by its role alone", () => {
  const { clouds, registry } = createWorld();
  const { objectId } = clouds.entra.createManagedIdentity("kubelet");
  const pull = () => clouds.registries.pull({ ...image, credentials: { principalId: objectId } });
  expect(refusalOf(pull())).toMatch(/^denied: /);
  clouds.arm.roles.assign({ scope: registry.id, roleName: "AcrPull", principalId: objectId });
  expect(pull()).toMatchObject({ ok: true, digest: DIGEST });
});

test("a host that no registry has is not found in DNS", () => {
  const { clouds } = createWorld();
  expect(clouds.registries.pull({ ...image, loginServer: "other.azurecr.io" })).toMatchObject({
    ok: false,
    reason: "dial tcp: lookup other.azurecr.io: no such host",
  });
});

test.each([
  [{ repository: "app2/other" }, 'name unknown: repository "app2/other" is not found'],
  [{ reference: "v2" }, 'manifest unknown: manifest tagged by "v2" is not found'],
  [{ reference: "sha256:00" }, "manifest unknown: manifest sha256:00 is not found"],
])("what is not there is named: %j", (change, reason) => {
  const world = createWorld();
  const credentials = credentialsOf(world);
  expect(world.clouds.registries.pull({ ...image, ...change, credentials })).toMatchObject({ ok: false, reason });
});

test("whether an image exists is not told to those who may not pull", () => {
  const { clouds } = createWorld();
  expect(refusalOf(clouds.registries.pull({ ...image, repository: "app2/other" }))).toMatch(/^unauthorized/);
});

test("the admin user pulls while it is enabled", () => {
  const { clouds, registry } = createWorld();
  const credentials = { username: "acrdemo2ss", password: registry.adminPassword };
  expect(refusalOf(clouds.registries.pull({ ...image, credentials }))).toBe(
    'unauthorized: authentication required: the admin user of registry "acrdemo2ss" is disabled',
  );
  registry.adminEnabled = true;
  expect(clouds.registries.pull({ ...image, credentials })).toMatchObject({ ok: true, digest: DIGEST });
  expect(refusalOf(clouds.registries.pull({ ...image, credentials: { ...credentials, password: "x" } }))).toBe(
    "unauthorized: authentication required: the admin user's password is wrong",
  );
});

test("pushing to a host that no registry has fails in DNS", () => {
  const { clouds } = createWorld();
  expect(() => {
    clouds.registries.push("other.azurecr.io", "r", "v1", DIGEST);
  }).toThrow('Get "https://other.azurecr.io/v2/": dial tcp: lookup other.azurecr.io: no such host');
});

test("a deleted manifest takes its tags along", () => {
  const { clouds } = createWorld();
  clouds.registries.deleteManifest(HOST, REPOSITORY, DIGEST);
  expect(clouds.registries.digestOf(HOST, REPOSITORY, "v1")).toBeUndefined();
});

test("manifests vanish with their registry", () => {
  const { clouds, registry } = createWorld();
  clouds.arm.deleteResource(registry.id);
  const again = clouds.arm.createRegistry(registryRequest());
  expect(again.repositories.size).toBe(0);
});

describe("a repository-scoped token", () => {
  function setUp(actions: readonly string[]) {
    const world = createWorld();
    const { registry, clouds } = world;
    registry.scopeMaps.set("pull-app2", actions);
    const token = { name: "cluster-1", scopeMapId: `${registry.id}/scopeMaps/pull-app2`, enabled: true, passwords: [] };
    registry.tokens.set(token.name, token);
    const end = new Date("2026-02-01T00:00:00Z");
    const [password] = generatePasswords(registry, token, { password1: end }, clouds.clock.now(), clouds.ids);
    const credentials = { username: "cluster-1", password: password?.value ?? "" };
    const pull = (change = {}) => clouds.registries.pull({ ...image, credentials, ...change });
    return { ...world, token, end, pull };
  }

  test.each(["repositories/app2/acr-app2/content/read", "repositories/app2/*/content/read"])(
    "with %s pulls",
    (action) => {
      expect(setUp([action]).pull()).toMatchObject({ ok: true, digest: DIGEST });
    },
  );

  test("is denied what its scope map leaves out", () => {
    const { pull, token } = setUp(["repositories/app2/acr-app2/content/write", "repositories/app1/content/read"]);
    expect(refusalOf(pull())).toBe(
      `denied: requested access to the resource is denied: scope map "${token.scopeMapId}" does not allow content/read of "app2/acr-app2"`,
    );
  });

  test("with a scope map of the system pulls everything", () => {
    const { pull, token, registry } = setUp([]);
    token.scopeMapId = `${registry.id}/scopeMaps/_repositories_pull`;
    expect(pull()).toMatchObject({ ok: true, digest: DIGEST });
  });

  test("is unauthorized with a wrong password, when disabled, and from its expiry on", () => {
    const { pull, token, clouds, end } = setUp(["repositories/app2/acr-app2/content/read"]);
    expect(refusalOf(pull({ credentials: { username: "cluster-1", password: "x" } }))).toBe(
      'unauthorized: authentication required: the password of token "cluster-1" is wrong',
    );
    clouds.clock.set(end);
    expect(refusalOf(pull())).toBe(
      'unauthorized: authentication required: password1 of token "cluster-1" ended at 2026-02-01T00:00:00.000Z',
    );
    token.enabled = false;
    expect(refusalOf(pull())).toBe('unauthorized: authentication required: token "cluster-1" is disabled');
  });

  test("gets no password whose expiry is past", () => {
    const { registry, token, clouds } = setUp([]);
    const past = new Date("2025-01-01T00:00:00Z");
    expect(() => generatePasswords(registry, token, { password1: past }, clouds.clock.now(), clouds.ids)).toThrow(
      'InvalidExpiry: the expiry 2025-01-01T00:00:00.000Z of token "cluster-1" is past.',
    );
  });
});
