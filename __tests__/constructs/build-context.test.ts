import fs from "node:fs";
import path from "node:path";
import { Testing, TerraformStack } from "cdktf";
import { BuildContext } from "../../constructs/build-context";
import { contextFiles } from "../../constructs/context-files";
import { temporaryFolder } from "../support/synthesized";

const FILES = { Dockerfile: "FROM scratch\nCOPY . /\n", "index.html": "hello", "bin/start": "#!/bin/sh\n" };

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const directory = temporaryFolder();
  for (const [name, content] of Object.entries({ ...FILES, ...files })) write(directory, name, content);
  fs.chmodSync(path.join(directory, "bin/start"), 0o755);
  return directory;
}

function write(directory: string, name: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
  fs.writeFileSync(path.join(directory, name), content);
}

function contextOf(directory: string, dockerfile = "Dockerfile"): BuildContext {
  return new BuildContext(
    new TerraformStack(Testing.app({ outdir: temporaryFolder() }), "stack"),
    "context",
    contextFiles({
      directory,
      dockerfile,
    }),
  );
}

function hashOf(directory: string, dockerfile?: string): string {
  return contextOf(directory, dockerfile).hash;
}

/** Synthesizes the context, and returns the paths of the files in its asset. */
function synth(directory: string, dockerfile = "Dockerfile"): { asset: string; files: string[] } {
  const outdir = temporaryFolder();
  const app = Testing.app({ outdir });
  const context = new BuildContext(
    new TerraformStack(app, "stack"),
    "context",
    contextFiles({ directory, dockerfile }),
  );
  app.synth();
  const asset = path.join(outdir, "stacks/stack", context.path);
  const names = fs.readdirSync(asset, { recursive: true, encoding: "utf8" });
  return { asset, files: names.filter((name) => !fs.lstatSync(path.join(asset, name)).isDirectory()).sort() };
}

describe("the hash changes with", () => {
  test.each<[string, (directory: string) => void]>([
    [
      "the content of a file",
      (directory) => {
        write(directory, "index.html", "hello!");
      },
    ],
    [
      "the name of a file",
      (directory) => {
        fs.renameSync(path.join(directory, "index.html"), path.join(directory, "index.htm"));
      },
    ],
    [
      "the folder of a file",
      (directory) => {
        fs.renameSync(path.join(directory, "bin"), path.join(directory, "sbin"));
      },
    ],
    [
      "a new file, even an empty one",
      (directory) => {
        write(directory, "empty", "");
      },
    ],
    [
      "the lack of a file",
      (directory) => {
        fs.rmSync(path.join(directory, "index.html"));
      },
    ],
    [
      "a file that becomes executable",
      (directory) => {
        fs.chmodSync(path.join(directory, "index.html"), 0o755);
      },
    ],
    [
      "a file that is executable no more",
      (directory) => {
        fs.chmodSync(path.join(directory, "bin/start"), 0o644);
      },
    ],
    [
      "a .dockerignore",
      (directory) => {
        write(directory, ".dockerignore", "nothing\n");
      },
    ],
    [
      "bytes that move from one file to the next",
      (directory) => {
        write(directory, "bin/start", "");
        write(directory, "index.html", "#!/bin/sh\nhello");
      },
    ],
  ])("%s", (_title, change) => {
    const directory = folderWith();
    const before = hashOf(directory);
    change(directory);
    expect(hashOf(directory)).not.toBe(before);
  });

  test("another .dockerignore", () => {
    const directory = folderWith({ ".dockerignore": "*.log\n" });
    const before = hashOf(directory);
    write(directory, ".dockerignore", "*.log\n*.tmp\n");
    expect(hashOf(directory)).not.toBe(before);
  });
});

describe("the hash does not change with", () => {
  test.each<[string, (directory: string) => void]>([
    [
      "what only the umask decides",
      (directory) => {
        fs.chmodSync(path.join(directory, "index.html"), 0o600);
        fs.chmodSync(path.join(directory, "bin/start"), 0o700);
      },
    ],
    [
      "the time of a file",
      (directory) => {
        fs.utimesSync(path.join(directory, "index.html"), 0, 0);
      },
    ],
    [
      "an ignored file",
      (directory) => {
        write(directory, "debug.log", "secret");
      },
    ],
    [
      "a file in an ignored folder",
      (directory) => {
        write(directory, "node_modules/x/index.js", "");
      },
    ],
    [
      "an empty folder",
      (directory) => {
        fs.mkdirSync(path.join(directory, "empty"));
      },
    ],
  ])("%s", (_title, change) => {
    const directory = folderWith({ ".dockerignore": "*.log\nnode_modules\n" });
    const before = hashOf(directory);
    change(directory);
    expect(hashOf(directory)).toBe(before);
  });

  test("the place of the folder", () => {
    expect(hashOf(folderWith())).toBe(hashOf(folderWith()));
  });

  test("the stack and the id of the construct", () => {
    const directory = folderWith();
    const other = new TerraformStack(Testing.app({ outdir: temporaryFolder() }), "other");
    expect(new BuildContext(other, "x", contextFiles({ directory, dockerfile: "Dockerfile" })).hash).toBe(
      hashOf(directory),
    );
  });
});

test("the hash of known files is known, on every machine", () => {
  expect(hashOf(folderWith())).toBe("9f9a0b09c329daad933daf57ff63ad277943aa573bb2378cb325b6cf5e90f122");
});

test("the path is relative to the stack's folder, and a new one for new content", () => {
  const { path: asset, hash } = contextOf(folderWith());
  expect(asset).toMatch(/^assets\/context\/[0-9a-f]{64}$/);
  expect(asset.endsWith(hash)).toBe(true);
});

test("two contexts of one stack do not share a path", () => {
  const directory = folderWith();
  const stack = new TerraformStack(Testing.app({ outdir: temporaryFolder() }), "stack");
  const [a, b] = ["a", "b"].map(
    (id) => new BuildContext(stack, id, contextFiles({ directory, dockerfile: "Dockerfile" })).path,
  );
  expect(a).not.toBe(b);
});

describe("the asset", () => {
  test("holds every file with its content", () => {
    const { asset, files } = synth(folderWith());
    expect(files).toEqual(["Dockerfile", "bin/start", "index.html"]);
    expect(fs.readFileSync(path.join(asset, "index.html"), "utf8")).toBe("hello");
  });

  test("holds binary content as it is", () => {
    const directory = folderWith();
    const bytes = Buffer.from([0, 255, 254, 10, 13]);
    fs.writeFileSync(path.join(directory, "logo.png"), bytes);
    expect(fs.readFileSync(path.join(synth(directory).asset, "logo.png"))).toEqual(bytes);
  });

  test.each([
    ["index.html", 0o600, 0o644],
    ["bin/start", 0o700, 0o755],
  ])("gives %s of mode %o the mode %o", (name, before, after) => {
    const directory = folderWith();
    fs.chmodSync(path.join(directory, name), before);
    const { mode } = fs.statSync(path.join(synth(directory).asset, name));
    expect(mode & 0o777).toBe(after);
  });

  test("leaves out what .dockerignore names, but for exceptions", () => {
    const directory = folderWith({
      ".dockerignore": "# logs\n**/*.log\nsecrets\n!secrets/public.pem\n",
      "debug.log": "",
      "deep/er/debug.log": "",
      "secrets/key.pem": "",
      "secrets/public.pem": "",
    });
    expect(synth(directory).files).toEqual([
      ".dockerignore",
      "Dockerfile",
      "bin/start",
      "index.html",
      "secrets/public.pem",
    ]);
  });

  test("holds Dockerfile and .dockerignore even where they are ignored", () => {
    expect(synth(folderWith({ ".dockerignore": "*\n" })).files).toEqual([".dockerignore", "Dockerfile"]);
  });

  test.each(["build/web.Dockerfile", "./build/web.Dockerfile"])(
    "holds the Dockerfile %s where it is ignored",
    (name) => {
      const directory = folderWith({ ".dockerignore": "*\n", "build/web.Dockerfile": "FROM scratch\n" });
      expect(synth(directory, name).files).toEqual([".dockerignore", "build/web.Dockerfile"]);
    },
  );

  test("holds the content that was hashed, even where the file changes before synthesis", () => {
    const directory = folderWith();
    const outdir = temporaryFolder();
    const app = Testing.app({ outdir });
    const context = new BuildContext(
      new TerraformStack(app, "stack"),
      "context",
      contextFiles({
        directory,
        dockerfile: "Dockerfile",
      }),
    );
    write(directory, "index.html", "later");
    app.synth();
    expect(fs.readFileSync(path.join(outdir, "stacks/stack", context.path, "index.html"), "utf8")).toBe("hello");
  });
});

describe("a symbolic link", () => {
  test.each([
    ["a file", "index.html"],
    ["a folder", "bin"],
    ["nothing", "nowhere"],
    ["what lies above it", "../index.html"],
  ])("to %s of the context stays a link, as for Docker", (_title, target) => {
    const directory = folderWith();
    fs.mkdirSync(path.join(directory, "links"));
    const name = target.startsWith("..") ? "links/link" : "link";
    fs.symlinkSync(target, path.join(directory, name));
    expect(fs.readlinkSync(path.join(synth(directory).asset, name))).toBe(target);
  });

  test("has a target that is hashed, whatever lies there", () => {
    const directory = folderWith();
    const link = path.join(directory, "link");
    const hashes = ["index.html", "bin", "nowhere"].map((target) => {
      fs.rmSync(link, { force: true });
      fs.symlinkSync(target, link);
      return hashOf(directory);
    });
    expect(new Set(hashes).size).toBe(3);
  });

  test("to a loop of links stays a link", () => {
    const directory = folderWith();
    fs.symlinkSync("b", path.join(directory, "a"));
    fs.symlinkSync("a", path.join(directory, "b"));
    expect(fs.readlinkSync(path.join(synth(directory).asset, "a"))).toBe("b");
  });

  test("to a file outside is an error", () => {
    const directory = folderWith();
    const secret = path.join(temporaryFolder(), "secret");
    fs.writeFileSync(secret, "s3cret");
    fs.symlinkSync(secret, path.join(directory, "link"));
    expect(() => contextOf(directory)).toThrow(
      new Error(`build context ${directory}: the symbolic link link must not lead out of it`),
    );
  });

  test("to a file of a folder with a similar name is an error", () => {
    const parent = temporaryFolder();
    write(parent, "app/Dockerfile", "FROM scratch\n");
    write(parent, "app-secrets/key", "s3cret");
    fs.symlinkSync("../app-secrets/key", path.join(parent, "app/link"));
    expect(() => contextOf(path.join(parent, "app"))).toThrow(
      new Error(`build context ${parent}/app: the symbolic link link must not lead out of it`),
    );
  });

  test("that leads out by another link is an error", () => {
    const directory = folderWith();
    fs.symlinkSync("..", path.join(directory, "up"));
    expect(() => contextOf(directory)).toThrow(
      new Error(`build context ${directory}: the symbolic link up must not lead out of it`),
    );
  });

  test("outside is none of ours where it is ignored", () => {
    const directory = folderWith({ ".dockerignore": "link\n" });
    fs.symlinkSync("/etc/hostname", path.join(directory, "link"));
    expect(synth(directory).files).not.toContain("link");
  });

  test("to the context itself is followed", () => {
    const directory = folderWith();
    const link = path.join(temporaryFolder(), "link");
    fs.symlinkSync(directory, link);
    expect(hashOf(link)).toBe(hashOf(directory));
  });
});

describe("never holds", () => {
  test.each([
    "terraform.demo-registry.tfstate",
    "terraform.demo-registry.tfstate.backup",
    "deep/terraform.tfstate.d/prod/terraform.tfstate",
    "pipeline.tfplan",
    "tfplan",
    "infra/Terraform.TFState",
    ".git/config",
    "module/.terraform/providers/x",
    "cdktf.out/stacks/demo-registry/cdk.tf.json",
    "node_modules/.cache/acr-pull/x.js",
  ])("%s", (name) => {
    const directory = folderWith({ [name]: "secret", "node_modules/left-pad/index.js": "" });
    expect(synth(directory).files).toEqual(["Dockerfile", "bin/start", "index.html", "node_modules/left-pad/index.js"]);
  });

  test("an output folder of another name", () => {
    const directory = folderWith({
      ...{ "out/manifest.json": "", "out/run-order.json": "", "out/stacks/a/cdk.tf.json": "" },
      "stacks/mine": "",
    });
    expect(synth(directory).files).toEqual(["Dockerfile", "bin/start", "index.html", "stacks/mine"]);
  });
});

test("a file that cannot be hashed by its text is hashed by its bytes", () => {
  const [a, b] = [folderWith(), folderWith()];
  fs.writeFileSync(path.join(a, "blob"), Buffer.from([0xff]));
  fs.writeFileSync(path.join(b, "blob"), Buffer.from([0xfe]));
  expect(hashOf(a)).not.toBe(hashOf(b));
});
