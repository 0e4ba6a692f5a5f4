import { Manifest } from "cdktf";
import type { StackEntries } from "./manifest";

/** Writes cdktf's manifest to a folder, as cdktf does. @param version Of cdktf. */
export function writeManifest(outdir: string, version: string, entries: StackEntries): void {
  const manifest = new Manifest(version, outdir, false);
  Object.assign(manifest.stacks, entries);
  manifest.writeToFile();
}
