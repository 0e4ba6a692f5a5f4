import fs from "node:fs";
import path from "node:path";
import { environmentJsonSchema } from "../../config/json-schema";
import { environmentReference } from "../../config/reference";
import { PROJECT } from "../support/synthesized";

it.each([
  ["environments/schema.json", environmentJsonSchema],
  ["docs/environment-file.md", environmentReference],
])("%s is what the schema says: run npm run generate after a change", (file, generate) => {
  expect(fs.readFileSync(path.join(PROJECT, file), "utf8")).toBe(generate());
});
