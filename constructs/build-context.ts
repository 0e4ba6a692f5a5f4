import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import dockerignore from "@balena/dockerignore";
import { TerraformStack, type ISynthesisSession } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";

export interface BuildContextProps {
  /** Absolute path of the folder. Symbolic links in it may lead to its own files only. */
  readonly directory: string;
  /** Path of the Dockerfile in the folder. It is part of the context even where .dockerignore names it. */
  readonly dockerfile: string;
}

interface ContextFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Git keeps no other permission, and the rest depends on the umask of whoever checked the files out. */
  readonly executable: boolean;
  readonly content: Buffer;
}

/**
 * A Docker build context as an asset of its stack: what `.dockerignore` lets through, and nothing else.
 *
 * cdktf's own asset copies ignored files as well, and its hash knows neither names nor modes.
 */
export class BuildContext extends Construct {
  /** SHA-256 over path, executable bit and content of every file, in hexadecimal. */
  readonly hash: string;
  /** Where the context lies, relative to the stack's folder: `assets/…`. */
  readonly path: string;

  private readonly files: readonly ContextFile[];

  /** @throws {Error} Where a symbolic link leads to anything but a file of the context. */
  constructor(scope: Construct, id: string, props: BuildContextProps) {
    super(scope, id);
    this.files = readContext(props);
    this.hash = hashOf(this.files);
    this.path = path.posix.join("assets", TerraformStack.of(this).getLogicalId(this.node), this.hash);
    addCustomSynthesis(this, {
      onSynthesize: (session) => {
        this.write(session);
      },
    });
  }

  private write({ outdir, manifest }: ISynthesisSession): void {
    const target = path.join(outdir, manifest.forStack(TerraformStack.of(this)).workingDirectory, this.path);
    for (const file of this.files) {
      const copy = path.join(target, file.path);
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.writeFileSync(copy, file.content);
      fs.chmodSync(copy, file.executable ? 0o755 : 0o644);
    }
  }
}

function readContext({ directory, dockerfile }: BuildContextProps): ContextFile[] {
  const ignoreFile = path.join(directory, ".dockerignore");
  const filter = dockerignore();
  if (fs.existsSync(ignoreFile)) filter.add(fs.readFileSync(ignoreFile, "utf8"));
  // Docker sends these two in any case.
  const always = [".dockerignore", path.posix.normalize(dockerfile)];
  const root = fs.realpathSync(directory);

  return fs
    .readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => always.includes(name) || !filter.ignores(name))
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const file = path.join(directory, name);
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      if (
        !stat ||
        (fs.lstatSync(file).isSymbolicLink() &&
          (stat.isDirectory() || !fs.realpathSync(file).startsWith(root + path.sep)))
      ) {
        throw new Error(`build context ${directory}: the symbolic link ${name} must lead to a file in the context`);
      }
      return stat.isFile()
        ? [{ path: name, executable: (stat.mode & 0o100) !== 0, content: fs.readFileSync(file) }]
        : [];
    });
}

function hashOf(files: readonly ContextFile[]): string {
  const hash = createHash("sha256");
  for (const { path: name, executable, content } of files) {
    // Lengths keep "ab" + "c" and "a" + "bc" apart.
    hash.update(`${name.length}:${name}${executable ? "x" : "-"}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}
