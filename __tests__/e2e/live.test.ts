import type { CauseId } from "../../diagnosis";
import type { LiveReport } from "../../live/report";
import { auths, cluster, environmentOf, PATHS, pod, pullSecret } from "../live/support/cluster-objects";
import { Authority } from "../live/support/certificates";
import { Stage as LiveStage } from "../live/support/stage";
import { temporaryFolder } from "../support/synthesized";
import { describeWithEngine } from "./describe";
import { applicationOf, registryOf } from "./rehearsed-azure";
import { askForManifest, putIndex } from "./registry-client";
import { Stage } from "./stage";
import { TlsFront } from "./tls-front";

const HOST = "acre2e.azurecr.io";
const DATA = "acre2e.westeurope.data.azurecr.io";
const NOWHERE = "acre2enowhere4711";
const NOBODY = "99999999-9999-4999-8999-999999999999";

const running = (image: string, secrets = ["acre2e-secret"]) =>
  pod({ running: {} }, { image: `${HOST}/${image}`, secrets });

/** Secrets are named after the registry. @param image `repository:reference` that runs there. */
const named = (secret: object | undefined, image = "app2/acr-app2:v1", secrets?: string[]) =>
  cluster(undefined, {
    [PATHS.secret.replace("contoso", "acre2e")]: secret,
    [PATHS.pod]: running(image, secrets),
  });

describeWithEngine("what is wrong with a pull", () => {
  let stage: Stage;
  let live: LiveStage;
  let front: TlsFront;

  beforeAll(async () => {
    stage = await Stage.deploy();
    const { clouds } = stage.rehearsal;
    const { username, password } = stage.credentials("principal");
    const token = stage.credentials("token");
    const good = pullSecret(auths(username, password, HOST));
    const arm = {
      metadata: { name: "one" },
      status: { nodeInfo: { operatingSystem: "linux", architecture: "arm64" } },
    };
    const { digest = "" } = await askForManifest(stage.loginServer, "app2/acr-app2", "v1", stage.pusher);
    await putIndex(stage.loginServer, "app2/acr-app2", "index", { digest, architecture: "s390x" }, stage.pusher);
    live = await LiveStage.open({
      registries: { acre2e: registryOf(clouds, stage.registry) },
      applications: [applicationOf(clouds, username)],
      clusters: {
        fine: named(good),
        other: named(good, "app2/other:v1"),
        wrong: named(pullSecret(auths(username, "mistyped", HOST))),
        stranger: named(pullSecret(auths(NOBODY, "mistyped", HOST))),
        noguid: named(pullSecret(auths("my app", "mistyped", HOST))),
        host: named(pullSecret(auths(username, password, "acre2e.example.com"))),
        capitals: named(pullSecret(auths(username, password, HOST.toUpperCase()))),
        twice: named(pullSecret(Buffer.from(JSON.stringify(auths(username, password, HOST))).toString("base64"))),
        opaque: named(pullSecret(auths(username, password, HOST), { type: "Opaque" })),
        garbage: named(pullSecret("no json")),
        none: named(undefined),
        unnamed: named(good, "app2/acr-app2:v1", []),
        tag: named(good, "app2/acr-app2:v9"),
        repository: named(good, "app2/nothing:v1"),
        digest: named(good, `app2/acr-app2@sha256:${"0".repeat(64)}`),
        arm: { ...named(good), "/api/v1/nodes/one": arm },
        index: named(good, "app2/acr-app2:index"),
        token: named(pullSecret(auths(token.username, token.password, HOST))),
        tokenother: named(pullSecret(auths(token.username, token.password, HOST)), "app2/other:v1"),
        nowhere: cluster(undefined, {
          [PATHS.secret.replace("contoso", "acre2e")]: pullSecret(auths(username, password, `${NOWHERE}.azurecr.io`)),
          [PATHS.pod]: pod(
            { running: {} },
            { image: `${NOWHERE}.azurecr.io/app2/acr-app2:v1`, secrets: ["acre2e-secret"] },
          ),
        }),
        tokenwrong: named(pullSecret(auths(token.username, "mistyped", HOST))),
      },
    });
    front = new TlsFront({
      ...{ host: HOST, dataHost: DATA, registry: stage.loginServer },
      ...stage.behind,
      certificate: live.authority.issue("registry", [HOST, DATA]),
    });
    const port = await front.listen();
    live.route(`${HOST}:127.0.0.1:${port}`, `${DATA}:127.0.0.1:${port}`);
  });
  afterEach(() => {
    front.instead = () => undefined;
    front.clockSeconds = 0;
    front.options.dataHost = DATA;
  });
  afterAll(async () => {
    front.close();
    live.close();
    await stage.close();
  });

  async function report(
    command: string,
    keys: readonly string[],
    args: readonly string[] = [],
    registry = "acre2e",
  ): Promise<LiveReport> {
    const pulls = Object.fromEntries(keys.map((key) => [key, { existingSecret: { name: "acre2e-secret" } }]));
    const file = live.environment("live", environmentOf({ name: registry }, pulls));
    const found = (await live.reports(command, [file], args)).get("live");
    if (!found) throw new Error(`no report of ${command}`);
    return found;
  }

  /** Causes of what does not pull, by cluster; none where all does. */
  async function causes(
    keys: readonly string[],
    args: readonly string[] = [],
    registry?: string,
  ): Promise<Record<string, (CauseId | undefined)[]>> {
    const { results } = await report("verify", keys, args, registry);
    const about = (key: string) =>
      results.filter(({ subject, state }) => subject.startsWith(`cluster ${key},`) && state === "failed");
    return Object.fromEntries(keys.map((key) => [key, [...new Set(about(key).map(({ cause }) => cause))]]));
  }

  /** Causes that doctor names of the registry. */
  async function ofRegistry(args: readonly string[] = [], registry?: string): Promise<(CauseId | undefined)[]> {
    const { results } = await report("doctor", ["fine"], args, registry);
    return results
      .filter(({ subject, state }) => subject === "registry" && state === "failed")
      .map(({ cause }) => cause);
  }

  it("agrees with a real registry about who may pull what", async () => {
    const expected = {
      fine: [],
      other: [],
      wrong: ["password-wrong"],
      stranger: ["application-unknown"],
      noguid: ["username-malformed"],
      host: ["secret-for-another-host"],
      capitals: ["secret-for-another-host"],
      twice: ["secret-encoded-twice"],
      opaque: ["secret-of-wrong-type"],
      garbage: ["secret-unreadable"],
      none: ["secret-missing"],
      unnamed: ["secret-not-referenced"],
      tag: ["image-missing"],
      repository: ["image-missing"],
      digest: ["image-missing"],
      arm: ["platform-other"],
      index: ["platform-missing"],
      token: [],
      tokenother: ["role-missing"],
      tokenwrong: ["password-wrong"],
    };
    expect(await causes(Object.keys(expected))).toEqual(expected);
  });

  it("names a password that has ended, of an application and of a token", async () => {
    const { clock } = stage.rehearsal.clouds;
    const now = clock.now();
    const ends = ["principal", "token"].map((key) => {
      const [secret] = stage.cluster(key).secrets.values();
      return Date.parse(secret?.metadata.annotations?.["acr-pull/expires"] ?? "");
    });
    clock.set(new Date(Math.max(...ends)));
    expect(await causes(["fine", "token"])).toEqual({ fine: ["password-ended"], token: ["password-ended"] });
    clock.set(now);
    expect(await causes(["fine", "token"])).toEqual({ fine: [], token: [] });
  });

  it("names a token that is disabled", async () => {
    const { username } = stage.credentials("token");
    const token = stage.registry.tokens.get(username);
    if (!token) throw new Error("no token");
    token.enabled = false;
    expect(await causes(["token"])).toEqual({ token: ["token-disabled"] });
    token.enabled = true;
  });

  it("tells a role that is missing from a password that is wrong", async () => {
    const { roles } = stage.rehearsal.clouds.arm;
    const [assignment] = roles.all().filter(({ roleName }) => roleName === "AcrPull");
    if (!assignment) throw new Error("no AcrPull");
    roles.delete(assignment.id);
    expect(await causes(["fine", "wrong"])).toEqual({ fine: ["role-missing"], wrong: ["password-wrong"] });
    roles.assign(assignment, assignment.name);
    expect(await causes(["fine"])).toEqual({ fine: [] });
  });

  it("tells a role that the registry ignores from one that leaves a repository out", async () => {
    const { registry } = stage;
    const { roles } = stage.rehearsal.clouds.arm;
    const [assignment] = roles.all().filter(({ roleName }) => roleName === "AcrPull");
    if (!assignment) throw new Error("no AcrPull");
    registry.roleAssignmentMode = "AbacRepositoryPermissions";
    expect(await causes(["fine", "other"])).toEqual({ fine: ["role-ignored"], other: ["role-ignored"] });
    const name = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";
    const reader = roles.assign({
      ...{ scope: assignment.scope, principalId: assignment.principalId, principalType: "ServicePrincipal" },
      roleName: "Container Registry Repository Reader",
      condition: `(${name} StringEqualsIgnoreCase 'app2/acr-app2')`,
    });
    expect(await causes(["fine", "other"])).toEqual({ fine: [], other: ["role-missing"] });
    roles.delete(reader.id);
    registry.roleAssignmentMode = "LegacyRegistryPermissions";
  });

  it("names a host of layers that is blocked, and one that has no address", async () => {
    expect(await causes(["fine"], ["--resolve", `${DATA}:127.0.0.1:1`])).toEqual({ fine: ["layers-unreachable"] });
    front.options.dataHost = "acre2e.nowhere.data.azurecr.invalid";
    expect(await causes(["fine"])).toEqual({ fine: ["layers-unreachable"] });
  });

  it("names a host that is away, and one that has no address", async () => {
    const away = ["--resolve", `${HOST}:127.0.0.1:1`];
    expect(await causes(["fine"], away)).toEqual({ fine: ["host-unreachable"] });
    expect(await ofRegistry(away)).toContain("host-unreachable");
    expect(await ofRegistry([], NOWHERE)).toContain("host-unknown");
    expect(await causes(["nowhere"], [], NOWHERE)).toEqual({ nowhere: ["host-unknown"] });
  });

  it.each([
    [429, "", "registry-throttles"],
    [503, "", "registry-fails"],
    [200, "<html>", "not-a-registry"],
    [
      403,
      `{"errors":[{"code":"DENIED","message":"client with IP '203.0.113.7' is not allowed access"}]}`,
      "firewall-refuses",
    ],
  ] as const)("names a registry that answers %s", async (status, body, cause) => {
    front.instead = () => ({ status, body });
    expect(await causes(["fine"])).toEqual({ fine: [cause] });
    expect(await ofRegistry()).toContain(cause);
  });

  it("names an image that is locked", async () => {
    front.instead = (url) => (url.includes("/manifests/") ? { status: 405 } : undefined);
    expect(await causes(["fine"])).toEqual({ fine: ["image-locked"] });
  });

  it.each([
    [-900, ["clock-wrong"]],
    [900, ["clock-wrong"]],
    [-30, []],
  ])("looks at a clock that is %s s off by the registry's Date header", async (seconds, expected) => {
    front.clockSeconds = seconds;
    expect((await ofRegistry()).filter((cause) => cause === "clock-wrong")).toEqual(expected);
  });

  it("tells certificates apart", async () => {
    const certificates = {
      "certificate-untrusted": new Authority(temporaryFolder()).issue("untrusted", [HOST]),
      "certificate-of-another": live.authority.issue("another", ["example.com"]),
      "certificate-ended": live.authority.issue("stale", [HOST], "-startdate 20200101000000Z -enddate 20200102000000Z"),
    };
    for (const [cause, certificate] of Object.entries(certificates)) {
      const other = new TlsFront({ ...front.options, certificate });
      const resolve = ["--resolve", `${HOST}:127.0.0.1:${await other.listen()}`];
      expect(await causes(["fine"], resolve)).toEqual({ fine: [cause] });
      expect(await ofRegistry(resolve)).toContain(cause);
      other.close();
    }
  });
});
