import type { CauseId } from "../../diagnosis";
import { auths, cluster, environmentOf, PATHS, pod, pullSecret } from "../live/support/cluster-objects";
import { Authority } from "../live/support/certificates";
import { Stage as LiveStage } from "../live/support/stage";
import { temporaryFolder } from "../support/synthesized";
import { describeWithEngine } from "./describe";
import { Stage } from "./stage";
import { TlsFront } from "./tls-front";

const HOST = "acre2e.azurecr.io";
const DATA = "acre2e.westeurope.data.azurecr.io";

/** Secrets are named after the registry. */
const named = (object: object) =>
  cluster(undefined, {
    [PATHS.secret.replace("contoso", "acre2e")]: object,
    [PATHS.pod]: pod({ running: {} }, { image: `${HOST}/app2/acr-app2:v1`, secrets: ["acre2e-secret"] }),
  });

describeWithEngine("verify", () => {
  let stage: Stage;
  let live: LiveStage;
  let front: TlsFront;

  beforeAll(async () => {
    stage = await Stage.deploy();
    const { username, password } = stage.credentials("principal");
    const good = (host = HOST) => auths(username, password, host);
    const missing = pod({ running: {} }, { image: `${HOST}/app2/acr-app2:v9`, secrets: ["acre2e-secret"] });
    const arm = {
      metadata: { name: "one" },
      status: { nodeInfo: { operatingSystem: "linux", architecture: "arm64" } },
    };
    live = await LiveStage.open({
      registries: {},
      applications: [{ clientId: username, name: "app-fine", password, roles: [] }],
      clusters: {
        fine: named(pullSecret(good())),
        wrong: named(pullSecret(auths(username, "mistyped", HOST))),
        host: named(pullSecret(good("acre2e.example.com"))),
        twice: named(pullSecret(Buffer.from(JSON.stringify(good())).toString("base64"))),
        absent: { ...named(pullSecret(good())), [PATHS.pod]: missing },
        arm: { ...named(pullSecret(good())), "/api/v1/nodes/one": arm },
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
  afterAll(async () => {
    front.close();
    live.close();
    await stage.close();
  });

  /** Causes of what does not pull, by cluster; none where all does. */
  async function causes(
    keys: readonly string[],
    args: readonly string[] = [],
  ): Promise<Record<string, (CauseId | undefined)[]>> {
    const pulls = Object.fromEntries(keys.map((key) => [key, { existingSecret: { name: "acre2e-secret" } }]));
    const file = live.environment("live", environmentOf({ name: "acre2e" }, pulls));
    const report = (await live.reports("verify", [file], args)).get("live");
    const about = (key: string) =>
      (report?.results ?? []).filter(
        ({ subject, check, state }) =>
          subject.startsWith(`cluster ${key},`) && check.includes("pull") && state === "failed",
      );
    return Object.fromEntries(keys.map((key) => [key, about(key).map(({ cause }) => cause)]));
  }

  it("agrees with a real registry about who may pull what", async () => {
    expect(await causes(["fine", "wrong", "host", "twice", "absent", "arm"])).toEqual({
      fine: [],
      wrong: ["password-wrong"],
      host: ["secret-for-another-host"],
      twice: ["secret-encoded-twice"],
      absent: ["image-missing"],
      arm: ["platform-other"],
    });
  });

  it("tells a role that is missing from a password that is wrong", async () => {
    const { roles } = stage.rehearsal.clouds.arm;
    const [assignment] = roles.all().filter(({ roleName }) => roleName === "AcrPull");
    if (!assignment) throw new Error("no AcrPull");
    roles.delete(assignment.id);
    expect(await causes(["fine"])).toEqual({ fine: ["role-missing"] });
    roles.assign(assignment, assignment.name);
    expect(await causes(["fine"])).toEqual({ fine: [] });
  });

  it("names a host of layers that is blocked", async () => {
    expect(await causes(["fine"], ["--resolve", `${DATA}:127.0.0.1:1`])).toEqual({ fine: ["layers-unreachable"] });
  });

  it("names a host that is away, and one that has no address", async () => {
    expect(await causes(["fine"], ["--resolve", `${HOST}:127.0.0.1:1`])).toEqual({ fine: ["host-unreachable"] });
  });

  it("names a registry that throttles", async () => {
    front.status = 429;
    expect(await causes(["fine"])).toEqual({ fine: ["registry-throttles"] });
    front.status = undefined;
  });

  it("names a certificate that is not trusted", async () => {
    const other = new Authority(temporaryFolder());
    const file = live.environment(
      "live",
      environmentOf({ name: "acre2e" }, { fine: { existingSecret: { name: "acre2e-secret" } } }),
    );
    const { stdout } = await live.run(["verify", "--environment", file], { NODE_EXTRA_CA_CERTS: other.file });
    expect(stdout).toMatch(/pulls app2\/acr-app2: acre2e\.azurecr\.io: unable to verify|self-signed certificate/);
    expect(stdout).toContain("#certificate-untrusted");
  });
});
