import fs from "node:fs";
import { EDITS } from "./edits";
import { PAGE, page, rowOf } from "./page";
import { walk } from "./walk";

/** How many are walked at once. */
const LANES = 2;

/** Walks every edit, and writes the page that tells of them. */
async function main(): Promise<void> {
  const rows = new Map<string, string>();
  const left = Object.values(EDITS).flat();
  const walkOn = async () => {
    for (let edit = left.shift(); edit; edit = left.shift()) {
      rows.set(edit.title, rowOf(edit, await walk(edit, process.cwd())));
    }
  };
  await Promise.all(Array.from({ length: LANES }, walkOn));
  fs.writeFileSync(
    PAGE,
    page(({ title }) => rows.get(title) ?? ""),
  );
}

void main();
