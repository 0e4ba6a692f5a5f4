import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { docker } from "../../preview/docker";
import { startPreview } from "../../preview/preview";
import { describeWithEngine } from "./describe";
import { ENVIRONMENT_FILE, PROJECT, e2eEnvironment } from "./stage";

const PAGE = fs.readFileSync(path.join(PROJECT, "docker-manifests/index.html"), "utf8");

/** How `npm run preview` begins. */
const COMMAND = ["tools/acr-pull.cjs", "preview"];

const IMAGE = ["acr-app2", "--environment", ENVIRONMENT_FILE];

describeWithEngine("npm run preview", () => {
  const children: ChildProcess[] = [];
  let before = new Set<string>();

  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
  });

  /** Runs the command. Its output is there when it ends; `until` waits for a part of it. */
  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [...COMMAND, ...args], {
      ...{ cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] },
      env: { ...process.env, ...env },
    });
    children.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
    const until = async (pattern: RegExp) => {
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found[0];
        if (child.exitCode !== null) throw new Error(`ended before ${pattern.source}: ${output}`);
        await once(child.stdout, "data");
      }
    };
    return { child, ended, until };
  }

  /** Containers and volumes that were not there before. */
  async function leftovers(): Promise<string[]> {
    const lists = await Promise.all([docker(["ps", "--all", "--quiet"]), docker(["volume", "ls", "--quiet"])]);
    return lists.flatMap((list) => list.split("\n")).filter((id) => id !== "" && !before.has(id));
  }

  beforeAll(async () => {
    before = new Set(await leftovers());
  });

  afterAll(() => docker(["image", "rm", "--force", "acr-pull-preview/e2e/acr-app2"]));

  it("shows the page until Ctrl-C, and leaves no container and no volume", async () => {
    const { child, ended, until } = run(IMAGE);
    const address = await until(/http:\S+/);
    expect(await (await fetch(address)).text()).toBe(PAGE);
    const format =
      "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}";
    expect(await docker(["inspect", "--format", format, ...(await leftovers())])).toBe(
      "101:101 true [ALL] [no-new-privileges]",
    );

    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0 });
    expect(await leftovers()).toEqual([]);
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  });

  it("uses the port that it is told, or says that it is taken", async () => {
    const { child, ended, until } = run(IMAGE);
    const { port } = new URL(await until(/http:\S+/));
    const second = await run([...IMAGE, "--port", port]).ended;
    expect(second).toEqual({
      code: 1,
      output: `port ${port} cannot be used (listen EADDRINUSE: address already in use 127.0.0.1:${port}): name another, or none for one that is free\n`,
    });
    child.kill("SIGTERM");
    await ended;

    const third = run([...IMAGE, "--port", port]);
    expect(await third.until(/http:\S+/)).toBe(`http://127.0.0.1:${port}/`);
    third.child.kill("SIGINT");
    await third.ended;
    expect(await leftovers()).toEqual([]);
  });

  it("names the image where none is named and there are several", async () => {
    expect(await run(["--environment", ENVIRONMENT_FILE]).ended).toEqual({
      code: 1,
      output: "environment e2e builds acr-app2, other: name one of them\n",
    });
  });

  it("says that there is no engine", async () => {
    const { code, output } = await run(IMAGE, { DOCKER_HOST: "unix:///nowhere.sock" }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^no Docker engine answers: docker version failed: .*unix:\/\/\/nowhere\.sock.*\n$/);
  });

  describe("whose container cannot be", () => {
    let project: string;

    beforeEach(() => {
      project = fs.mkdtempSync(path.join(os.tmpdir(), "preview-project-"));
      fs.mkdirSync(path.join(project, "docker-manifests"));
    });

    afterEach(async () => {
      fs.rmSync(project, { recursive: true });
      expect(await leftovers()).toEqual([]);
    });

    async function preview(dockerfile: string, signal = new AbortController().signal): Promise<unknown> {
      fs.writeFileSync(path.join(project, "docker-manifests/Dockerfile"), dockerfile);
      const options = { environment: e2eEnvironment(), projectDirectory: project, image: "acr-app2" };
      return startPreview({ ...options, signal, onStep: () => undefined });
    }

    const base = "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n";

    it("shows the end of the output of a failed build", async () => {
      await expect(preview(`${base}COPY missing.html /\n`)).rejects.toThrow(
        /^docker build failed: .*COPY failed: .*missing\.html/s,
      );
    });

    it("shows the last words of a container that ends", async () => {
      await expect(preview(`${base}USER 101\nENTRYPOINT ["nginx", "-c", "/nowhere"]\n`)).rejects.toThrow(
        /^the container ended: .*open\(\) "\/nowhere" failed/s,
      );
    });

    it("shows why a container does not start", async () => {
      await expect(preview(`${base}ENTRYPOINT ["/nowhere"]\n`)).rejects.toThrow(/^docker start failed: .*\/nowhere/s);
    });

    it("gives up a build at once", async () => {
      await expect(preview(`${base}COPY missing.html /\n`, AbortSignal.abort())).resolves.toBeUndefined();
    });
  });
});
