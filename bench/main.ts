import { spawnSync } from "node:child_process";
import os from "node:os";
import { terraformBinary } from "../rehearsal/terraform";
import { demo } from "./demo";
import { fleets } from "./fleets";
import { plan } from "./plan";
import { rehearsal } from "./rehearsal";
import { suite } from "./suite";

/** `npm run bench` measures all of them, `npm run bench -- plan rehearsal` some. Tables on stdout, progress on stderr. */
const SECTIONS: Readonly<Record<string, () => Promise<void>>> = { demo, fleets, rehearsal, plan, suite };

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown.length > 0) {
    console.error(
      `npm run bench takes names of sections (${Object.keys(SECTIONS).join(", ")}), got: "${unknown.join(" ")}"`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`${describeMachine().join(" · ")}\n`);
  for (const [name, measure] of Object.entries(SECTIONS)) {
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

void main(process.argv.slice(2));
