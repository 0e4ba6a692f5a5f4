import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { TerraformStack, type ISynthesisSession } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import { contextEntries } from "../config/context-entries";

export interface BuildContextProps {
  /** Absolute path of the folder. */
  readonly directory: string;
  /** Path of the Dockerfile in the folder. It is part of the context even where .dockerignore names it. */
  readonly dockerfile: string;
}

interface ContextFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Git keeps no other permission, and the rest depends on the umask of whoever checked the files out. */
  readonly kind: "file" | "program" | "link";
  /** Of a link: its target. */
  readonly content: Buffer;
}

/**
 * A Docker build context as an asset of its stack: what `.dockerignore` lets through, and nothing else; no states and plans.
 *
 * cdktf's own asset copies ignored files as well, and its hash knows neither names nor modes.
 */
export class BuildContext extends Construct {
  /** SHA-256 over path, kind and content of every file, in hexadecimal. */
  readonly hash: string;
  /** Where the context lies, relative to the stack's folder: `assets/…`. */
  readonly path: string;

  private readonly files: readonly ContextFile[];

  /** @throws {Error} Where a symbolic link leads out of the folder; the loader has said so before. */
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
      if (file.kind === "link") {
        fs.symlinkSync(file.content.toString(), copy);
      } else {
        fs.writeFileSync(copy, file.content);
        fs.chmodSync(copy, file.kind === "program" ? 0o755 : 0o644);
      }
    }
  }
}

function readContext({ directory, dockerfile }: BuildContextProps): ContextFile[] {
  const { entries, leadOut } = contextEntries(directory, dockerfile);
  const [link] = leadOut;
  if (link !== undefined)
    throw new Error(`build context ${directory}: the symbolic link ${link} must not lead out of it`);
  return entries.map(({ path: name, link }): ContextFile => {
    if (link !== undefined) return { path: name, kind: "link", content: Buffer.from(link) };
    const file = path.join(directory, name);
    const kind = (fs.statSync(file).mode & 0o100) !== 0 ? "program" : "file";
    return { path: name, kind, content: fs.readFileSync(file) };
  });
}

/** What files are was said by one character before there were links: a hash of a context without them stays. */
const MARKS = { file: "-", program: "x", link: "l" } as const;

function hashOf(files: readonly ContextFile[]): string {
  const hash = createHash("sha256");
  for (const { path: name, kind, content } of files) {
    // Lengths keep "ab" + "c" and "a" + "bc" apart.
    hash.update(`${name.length}:${name}${MARKS[kind]}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}
