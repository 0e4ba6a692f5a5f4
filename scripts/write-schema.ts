import fs from "node:fs";
import { environmentJsonSchema } from "../config/json-schema";

fs.writeFileSync("environments/schema.json", environmentJsonSchema());
