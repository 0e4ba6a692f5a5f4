import fs from "node:fs";
import path from "node:path";
import { GENERATED } from "../config/generated";
import { command, projectDirectory, run } from "./command-line";

const generate = command("generate").action(async () => {
  const project = projectDirectory();
  for (const [file, content] of Object.entries(GENERATED))
    fs.writeFileSync(path.join(project, file), await content(project));
});

void run(generate);
