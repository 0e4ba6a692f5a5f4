import fs from "node:fs";
import path from "node:path";
import type { Edit } from "../../../tools/edits/edit";
import { PAGE, rowOf } from "../../../tools/edits/page";
import { walk } from "../../../tools/edits/walk";
import { PROJECT } from "../../support/synthesized";
import { describeWithTools } from "../../support/tools";

/** Lines of docs/edits.md. */
export function pageLines(): string[] {
  return fs.readFileSync(path.join(PROJECT, PAGE), "utf8").split("\n");
}

/** Walks each edit, and compares with its row of the page. Whatever it says, an edit ends in a plan without changes. */
export function itDoesAsThePageSays(edits: readonly Edit[]): void {
  describeWithTools(["terraform"], "an edit does as docs/edits.md says (npm run edits writes it)", () => {
    it.each(edits)(
      "$title",
      async (edit) => {
        const walked = await walk(edit, PROJECT);
        expect(walked.left).toEqual([]);
        expect(pageLines()).toContain(rowOf(edit, walked));
      },
      60_000,
    );
  });
}
