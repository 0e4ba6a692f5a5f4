import fs from "node:fs";
import { environmentJsonSchema } from "../config/json-schema";
import { environmentReference } from "../config/reference";

fs.writeFileSync("environments/schema.json", environmentJsonSchema());
fs.writeFileSync("docs/environment-file.md", environmentReference());
