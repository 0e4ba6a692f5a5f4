import fs from "node:fs";
import { docker } from "../../preview/docker";
import { type Credentials, parseImage } from "../../rehearsal";
import { describeWithEngine } from "./describe";
import { configFolder, configJson } from "./docker-client";
import { askForManifest, askToPush, type Answer } from "./registry-client";
import { Stage } from "./stage";

/** The token service does not believe who asks. */
const UNBELIEVED = { challenge: 401, token: 401 };

/** The token service believes who asks, and gives a token that does not do. */
const DENIED = { challenge: 401, token: 200, registry: 401 };

describeWithEngine("the registry", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.deploy();
    await docker(["image", "rm", "--force", ...stage.docker.builds.keys()]);
  });

  afterAll(() => stage.close());

  const digest = () => parseImage(stage.image("principal")).reference;

  async function ask(credentials?: Credentials, repository = "app2/acr-app2"): Promise<Answer> {
    const tag = await askForManifest(stage.loginServer, repository, "v1", stage.pusher);
    return askForManifest(stage.loginServer, repository, tag.digest ?? "", credentials);
  }

  /** What `docker pull` says with these credentials. */
  async function pull(credentials?: Credentials): Promise<string> {
    const config = configFolder(credentials ? configJson(stage.loginServer, credentials) : "{}");
    try {
      return await docker(["pull", stage.image("principal")], { config });
    } catch (error) {
      return String(error);
    } finally {
      fs.rmSync(config, { recursive: true });
    }
  }

  /** Why a pod that starts now does not run, in the words of the rehearsal. */
  function rehearsed(cluster = "principal"): string {
    stage.cluster(cluster).restartPods();
    return stage
      .cluster(cluster)
      .pods.map(({ reason }) => reason ?? "runs")
      .join("; ");
  }

  it("gives the image to both clusters", async () => {
    for (const cluster of ["principal", "token"]) {
      expect(await ask(stage.credentials(cluster))).toEqual({ ...DENIED, registry: 200, digest: digest() });
      expect(rehearsed(cluster)).toBe("runs");
    }
  });

  it("refuses who sends no secret", async () => {
    expect(await ask()).toEqual(UNBELIEVED);
    expect(await pull()).toMatch(/docker pull failed: .*(no basic auth credentials|unauthorized)/s);
  });

  it("refuses a wrong password", async () => {
    const wrong = { ...stage.credentials("principal"), password: "wrong" };
    expect(await ask(wrong)).toEqual(UNBELIEVED);
    expect(await pull(wrong)).toMatch(/docker pull failed: .*unauthorized/s);
  });

  it("refuses a password from the second at which it ends", async () => {
    const { clock } = stage.rehearsal.clouds;
    const [secret] = stage.cluster("principal").secrets.values();
    const end = Date.parse(secret?.metadata.annotations?.["acr-pull/expires"] ?? "");
    const now = clock.now();
    clock.set(new Date(end - 1000));
    expect(await ask(stage.credentials("principal"))).toMatchObject({ token: 200, registry: 200 });
    clock.advance(1000);
    expect(await ask(stage.credentials("principal"))).toEqual(UNBELIEVED);
    expect(await pull(stage.credentials("principal"))).toMatch(/docker pull failed: .*unauthorized/s);
    expect(rehearsed()).toMatch(/AADSTS7000222/);
    expect(await ask(stage.credentials("token"))).toEqual(UNBELIEVED);
    clock.set(now);
  });

  it("refuses a principal whose role is revoked, until it has it again", async () => {
    const { roles } = stage.rehearsal.clouds.arm;
    const [assignment] = roles.all().filter(({ roleName }) => roleName === "AcrPull");
    if (!assignment) throw new Error("no AcrPull");
    roles.delete(assignment.id);
    expect(await ask(stage.credentials("principal"))).toEqual(DENIED);
    expect(await pull(stage.credentials("principal"))).toMatch(/docker pull failed: .*denied/s);
    expect(rehearsed()).toMatch(/denied: requested access to the resource is denied/);
    roles.assign(assignment, assignment.name);
    expect(await ask(stage.credentials("principal"))).toMatchObject({ registry: 200 });
  });

  it("refuses the other repository to a token of the first, and gives it to a principal", async () => {
    expect(await ask(stage.credentials("token"), "app2/other")).toEqual(DENIED);
    expect(await ask(stage.credentials("principal"), "app2/other")).toMatchObject({ registry: 200 });
  });

  it("refuses to take a push from those who pull", async () => {
    for (const cluster of ["principal", "token"]) {
      expect(await askToPush(stage.loginServer, "app2/acr-app2", stage.credentials(cluster))).toEqual(DENIED);
    }
    expect(await askToPush(stage.loginServer, "app2/acr-app2", stage.pusher)).toEqual({ ...DENIED, registry: 202 });
    await docker(["tag", "acr-pull-e2e/nginx:local", `${stage.loginServer}/app2/acr-app2:v2`]);
    const config = configFolder(stage.dockerConfig("principal"));
    await expect(docker(["push", `${stage.loginServer}/app2/acr-app2:v2`], { config })).rejects.toThrow(/denied/);
    await docker(["image", "rm", `${stage.loginServer}/app2/acr-app2:v2`]);
    fs.rmSync(config, { recursive: true });
  });

  it("refuses a principal that is deleted", async () => {
    const { entra } = stage.rehearsal.clouds;
    const { username } = stage.credentials("principal");
    const [principal] = [...entra.principals.values()].filter(({ clientId }) => clientId === username);
    entra.deleteServicePrincipal(principal?.objectId ?? "");
    expect(await ask(stage.credentials("principal"))).toEqual(UNBELIEVED);
    expect(rehearsed()).toMatch(/AADSTS7000229/);
  });
});
