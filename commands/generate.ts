import fs from "node:fs";
import { GENERATED } from "../config/generated";
import { command, projectDirectory, run } from "./command-line";

const generate = command("generate").action(() => {
  process.chdir(projectDirectory());
  for (const [file, content] of Object.entries(GENERATED)) fs.writeFileSync(file, content());
});

void run(generate);
