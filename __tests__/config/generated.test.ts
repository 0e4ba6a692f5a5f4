import fs from "node:fs";
import path from "node:path";
import { GENERATED } from "../../config/generated";
import { PROJECT } from "../support/synthesized";

it.each(Object.entries(GENERATED))("%s is up to date: run npm run generate after a change", async (file, content) => {
  expect(fs.readFileSync(path.join(PROJECT, file), "utf8")).toBe(await content(PROJECT));
});
