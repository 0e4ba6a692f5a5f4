import fs from "node:fs";
import { environmentJsonSchema } from "../config/json-schema";
import { environmentReference } from "../config/reference";
import { command, projectDirectory, run } from "./command-line";

const generate = command("generate").action(() => {
  process.chdir(projectDirectory());
  fs.writeFileSync("environments/schema.json", environmentJsonSchema());
  fs.writeFileSync("docs/environment-file.md", environmentReference());
});

void run(generate);
