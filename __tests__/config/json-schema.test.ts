import fs from "node:fs";
import path from "node:path";
import { environmentJsonSchema } from "../../config/json-schema";
import { PROJECT } from "../support/synthesized";

it("is what environments/schema.json holds: run npm run schema after a change", () => {
  expect(fs.readFileSync(path.join(PROJECT, "environments/schema.json"), "utf8")).toBe(environmentJsonSchema());
});
