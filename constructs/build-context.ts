import fs from "node:fs";
import path from "node:path";
import { TerraformStack, type ISynthesisSession } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";
import type { ContextFile, ContextFiles } from "./context-files";

/**
 * A Docker build context as an asset of its stack.
 *
 * cdktf's own asset copies ignored files as well, and its hash knows neither names nor modes.
 */
export class BuildContext extends Construct {
  /** Of its files. */
  readonly hash: string;
  /** Where the context lies, relative to the stack's folder: `assets/…`. */
  readonly path: string;

  private readonly files: readonly ContextFile[];

  constructor(scope: Construct, id: string, { files, hash }: ContextFiles) {
    super(scope, id);
    this.files = files;
    this.hash = hash;
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
