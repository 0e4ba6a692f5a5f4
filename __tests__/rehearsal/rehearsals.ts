import type { Environment } from "../../config";
import { Rehearsal, type RehearsalOptions } from "../../rehearsal/rehearsal";
import { load } from "../support/environment";
import { PROJECT } from "../support/synthesized";

/** In the middle of a rotation period. */
export const NOON = new Date("2026-01-31T12:00:00Z");

const open: Rehearsal[] = [];

afterAll(() => {
  for (const rehearsal of open) rehearsal.close();
});

/** The environment of a file that the project ships. */
export function shipped(file = "environments/demo.yaml"): Environment {
  const [environment] = load(PROJECT, [file]).environments;
  if (!environment) throw new Error(`${file} has no environment`);
  return environment;
}

/** A rehearsal, of the demo at {@link NOON} where nothing else is said, that is closed after the tests of the file. */
export function rehearsalOf(options: Partial<RehearsalOptions> = {}): Rehearsal {
  const rehearsal = new Rehearsal({ environment: shipped(), projectDirectory: PROJECT, now: NOON, ...options });
  open.push(rehearsal);
  return rehearsal;
}

/** Every pod that is wanted and does not run, with its reason. */
export function waitingPods({ clouds }: Rehearsal): string[] {
  return clouds.clusters.flatMap(({ deployments, pods }) =>
    deployments.values().flatMap(({ metadata: { namespace = "", name }, spec: { replicas = 1 } }) => {
      const own = pods.filter((pod) => pod.namespace === namespace && pod.deployment === name);
      const waiting = own.flatMap(({ reason }) => reason ?? []);
      const missing = Math.max(replicas - own.length, 0);
      return [...waiting, ...Array.from({ length: missing }, () => "missing")].map(
        (reason) => `${namespace}/${name}: ${reason}`,
      );
    }),
  );
}
