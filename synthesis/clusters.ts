import { App } from "cdktf";
import { buildCluster } from "../app";
import type { StackEntries } from "./manifest";
import { givenIn } from "./units";

/**
 * Writes the stacks of clusters to a folder, with cdktf's manifest of them.
 *
 * @param given Of their units.
 * @returns What the manifest says of them.
 */
export function writeClusters(given: readonly string[], outdir: string): StackEntries {
  const app = clustersApp(given, outdir);
  app.synth();
  return app.manifest.stacks;
}

/** The stacks of clusters in one application. @param given Of their units. */
export function clustersApp(given: readonly string[], outdir: string): App {
  const app = new App({ outdir });
  for (const text of given) {
    const { slice, flows } = givenIn(text);
    buildCluster(app, slice, flows);
  }
  return app;
}
