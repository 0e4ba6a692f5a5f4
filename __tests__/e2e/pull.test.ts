import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Container } from "../../preview/container";
import { docker } from "../../preview/docker";
import { freePort } from "../../preview/port";
import { readImage, type PreviewedImage } from "../../preview/previewed-image";
import { runArguments } from "../../preview/run-arguments";
import { parseImage } from "../../rehearsal";
import { describeWithEngine } from "./describe";
import { configFolder } from "./docker-client";
import { askForManifest } from "./registry-client";
import { PROJECT, Stage, e2eEnvironment } from "./stage";

const PAGE = fs.readFileSync(path.join(PROJECT, "docker-manifests/index.html"), "utf8");

/** The token service is in this process, which therefore must not wait. */
const run = promisify(execFile);

describeWithEngine("the image of a Deployment", () => {
  let stage: Stage;
  /** Holds nothing but the cluster's pull secret. */
  let config: string;
  let image: string;
  let synthesized: PreviewedImage;

  beforeAll(async () => {
    stage = await Stage.deploy();
    image = stage.image("principal");
    config = configFolder(stage.dockerConfig("principal"));
    const stacks = stage.rehearsal.stacks.map(({ stack }) => stack);
    synthesized = readImage(e2eEnvironment(), stacks, "acr-app2");
    // The machine that pulls has not built it.
    await docker(["image", "rm", "--force", ...stage.docker.builds.keys()]);
  });

  afterAll(async () => {
    await stage.close();
    fs.rmSync(config, { recursive: true });
    await docker(["image", "rm", "--force", image]);
  });

  it("was built with the arguments of the images stack", () => {
    expect([...stage.docker.builds.keys()].sort()).toEqual([
      `${stage.loginServer}/app2/acr-app2:v1`,
      `${stage.loginServer}/app2/other:v1`,
    ]);
    expect(stage.docker.builds.get(`${stage.loginServer}/app2/acr-app2:v1`)).toEqual(synthesized.build);
  });

  it("is pulled by the digest that the registry lists under the tag", async () => {
    await expect(docker(["image", "inspect", image])).rejects.toThrow(/no such image/i);
    const output = await docker(["pull", image], { config });

    const { host, repository, reference } = parseImage(image);
    expect(output).toContain(`Digest: ${reference}`);
    // The engine may hold the same content under names of others too.
    expect(JSON.parse(await docker(["image", "inspect", "--format", "{{json .RepoDigests}}", image]))).toContain(
      `${host}/${repository}@${reference}`,
    );
    expect(await askForManifest(host, repository, "v1", stage.credentials("principal"))).toEqual({
      ...{ challenge: 401, token: 200, registry: 200 },
      digest: reference,
    });
    expect(stage.cluster("principal").pods.flatMap(({ digests }) => digests)).toEqual([reference]);
  });

  it("has the platform and the labels of the environment file", async () => {
    const format = "{{.Os}}/{{.Architecture}} {{json .Config.Labels}}";
    expect(await docker(["image", "inspect", "--format", format, image])).toBe(
      'linux/amd64 {"org.opencontainers.image.title":"acr-app2"}',
    );
  });

  it("is pulled by skopeo, with the secret as its authfile", async () => {
    const target = path.join(config, "image");
    const auth = ["--src-tls-verify=false", "--src-authfile", path.join(config, "config.json")];
    await run("skopeo", ["copy", ...auth, `docker://${image}`, `dir:${target}`]);
    const { stdout } = await run("skopeo", ["manifest-digest", path.join(target, "manifest.json")]);
    expect(stdout.trim()).toBe(parseImage(image).reference);
  });

  describe("run as its pod says", () => {
    let container: Container;

    async function start(options: readonly string[]): Promise<Container> {
      return Container.start({ image, options, port: 80, localPort: await freePort() });
    }

    beforeAll(async () => {
      container = await start(runArguments(synthesized.pod));
      await container.untilItAnswers("/");
    });

    afterAll(() => container.remove());

    it("serves its page", async () => {
      const answer = await fetch(container.address);
      expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
    });

    it("is confined in the eyes of the engine", async () => {
      const { Config, HostConfig } = JSON.parse(await container.inspect("{{json .}}")) as Record<string, unknown>;
      expect(Config).toMatchObject({ User: "101:101" });
      expect(HostConfig).toMatchObject({
        ...{ ReadonlyRootfs: true, Privileged: false, CapAdd: null, CapDrop: ["ALL"] },
        ...{ SecurityOpt: ["no-new-privileges"], Sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" } },
        ...{ Tmpfs: { "/tmp": "exec,mode=0777" }, Memory: 128 * 2 ** 20 },
      });
    });

    it("is confined in the eyes of the kernel", async () => {
      const status = fs.readFileSync(`/proc/${await container.inspect("{{.State.Pid}}")}/status`, "utf8");
      expect(status).toMatch(/^Uid:\t101\t101\t101\t101$/m);
      expect(status).toMatch(/^CapEff:\t0{16}$/m);
      expect(status).toMatch(/^CapBnd:\t0{16}$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      // 2: with a filter.
      expect(status).toMatch(/^Seccomp:\t2$/m);
    });

    it.each([
      [
        "its writable folder",
        "--tmpfs",
        "/tmp:exec,mode=0777",
        /mkdir\(\) "\/tmp\/client_body" failed \(30: Read-only file system\)/,
      ],
      [
        "the sysctl for its port",
        ...["--sysctl", "net.ipv4.ip_unprivileged_port_start=0"],
        /bind\(\) to 0\.0\.0\.0:80 failed \(13: Permission denied\)/,
      ],
    ] as const)("does not run without %s", async (_, option, value, reason) => {
      const options = runArguments(synthesized.pod);
      const index = options.findIndex((text, at) => text === option && options[at + 1] === value);
      // Docker itself opens all ports where it is not told otherwise, a cluster does not.
      options.splice(index, 2, ...(option === "--sysctl" ? [option, value.replace("=0", "=1024")] : []));
      const broken = await start(options);
      try {
        await expect(broken.untilItAnswers("/")).rejects.toThrow(reason);
      } finally {
        await broken.remove();
      }
    });
  });
});
