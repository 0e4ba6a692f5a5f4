import { spawnSync } from "node:child_process";
import os from "node:os";
import { terraformBinary } from "../../terraform/terraform";
import { changes } from "./changes";
import { demo } from "./demo";
import { fleets } from "./fleets";
import { huge } from "./huge";
import { manifests } from "./manifests";
import { pictures } from "./pictures";
import { plan } from "./plan";
import { rehearsal } from "./rehearsal";
import { runs } from "./runs";
import { suite } from "./suite";

const MEASURES: Readonly<Record<string, () => Promise<void>>> = {
  ...{ demo, fleets, changes, huge, manifests },
  ...{ rehearsal, plan, runs, pictures, suite },
};

/** What can be measured. */
export const SECTIONS: readonly string[] = Object.keys(MEASURES);

/**
 * Measures some sections, in the order of SECTIONS. Tables on stdout, progress on stderr.
 * @param names @default - all
 */
export async function bench(names: readonly string[]): Promise<void> {
  console.log(`${describeMachine().join(" · ")}\n`);
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (names.length === 0 || names.includes(name)) await measure();
  }
}

function describeMachine(): string[] {
  const cpus = os.cpus();
  const { stdout } = spawnSync(terraformBinary(), ["version"], { encoding: "utf8" });
  return [
    new Date().toISOString().slice(0, 10),
    `${cpus.length} × ${cpus[0]?.model ?? "unknown CPU"}`,
    `Node ${process.version}`,
    // null where there is no such binary.
    (stdout as string | null)?.split("\n")[0] ?? "no Terraform",
  ];
}
