import type { Edit } from "./edit";
import { EDITS } from "./edits";
import type { Walked } from "./walk";

/** Where the page lies in the project. */
export const PAGE = "docs/edits.md";

const INTRODUCTION = `# What edits do

Made by \`npm run edits\`, which deploys, edits, applies, plans again and destroys each of these with the real Terraform against the
rehearsal's clouds; tests hold every row. Columns: what synthesis says before anything is applied, what else there is to do, what the next
plans do (stack by stack; \`remove\`: handed over, out of the state alone), what a second plan still wants, and what is there after a destroy.

- Who hands over what an earlier apply made (\`existing: true\`) destroys nothing: it goes out of the state and stays. That needs Terraform 1.7 or later.
- What the state holds of another builder or method of pull needs its provider once more: stacks configure the providers that their kind may
  have made something with, but azurerm in images stacks, and Terraform starts those alone that it has something to do for. Images by \`docker\`
  need an engine once more.
- \`registry.formerly\` names hosts that the images stack has pushed to. Without an entry for it the docker provider cannot even drop an
  image from the state. The host gets no credentials, and the entry may go after the apply.
- To take states along to another name of the environment, before the synthesis in every stack \`terraform state pull > <file>\`, after it
  \`terraform init\` and \`terraform state push <file>\`.
`;

const COLUMNS = ["edit", "synthesis says", "to do", "next plan", "second plan", "after a destroy"];

/** @param rowOf The row of an edit, as text. */
export function page(rowOf: (edit: Edit) => string): string {
  const sections = Object.entries(EDITS).map(([heading, edits]) =>
    [`## ${heading}`, "", line(COLUMNS), line(COLUMNS.map(() => "---")), ...edits.map(rowOf), ""].join("\n"),
  );
  return [INTRODUCTION, ...sections].join("\n");
}

/** One row of the page. */
export function rowOf({ title, written, todo }: Edit, { words, planned, refused, left, leftovers }: Walked): string {
  const additions = Object.entries(written ?? {}).map(([path, value]) => `add \`${path}: ${JSON.stringify(value)}\``);
  const steps = [...additions, ...(todo && todo.words !== "" ? [todo.words] : [])];
  const without = refused.map((failure) => ` (without: \`${failure.split(": ").slice(3).join(": ").slice(0, 90)}…\`)`);
  return line([
    title,
    words.map((text) => shortened(text)).join("<br>"),
    `${steps.join("; ")}${without.join("")}`,
    planned.join("<br>") || "nothing",
    left.join("<br>") || "empty",
    leftovers.length === 0 ? "nothing" : `stays: ${leftovers.map((id) => id.replace(/^.*\//, "")).join(", ")}`,
  ]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

const ADDRESSES =
  /\b(?:azurerm|azuread|docker|kubernetes)_\w+\.[\w-]+(?: \([\w.]+\))?(?:, (?:azurerm|azuread|docker|kubernetes)_\w+\.[\w-]+(?: \([\w.]+\))?)*/g;

/** Lists of addresses as numbers of types. */
function shortened(text: string): string {
  return text.replace(ADDRESSES, (list) => {
    const types = list.split(", ").map((address) => address.replace(/\.[\w-]+/, ""));
    return [...new Set(types)]
      .map((type) => {
        const count = types.filter((other) => other === type).length;
        return count === 1 ? type : `${count} ${type}`;
      })
      .join(", ");
  });
}
