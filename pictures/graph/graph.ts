import type { Environment } from "../../config";
import { assertNever } from "../../config/never";
import { UserError } from "../../config/user-error";
import { graphMermaid } from "./mermaid";
import { pictureOf } from "./picture-of";

export const GRAPH_FORMATS = ["svg", "mermaid", "html"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/**
 * @returns The picture as a document of its own.
 * @throws {UserError} For several environments, in a format that holds one.
 */
export async function graphOf(environments: readonly Environment[], format: GraphFormat): Promise<string> {
  // What lays out is the largest of all packages: text needs none of it.
  switch (format) {
    case "mermaid":
      return graphMermaid(pictureOf(onlyOne(environments, format)));
    case "svg": {
      const { graphSvg } = await import("./svg.js");
      return (await graphSvg(pictureOf(onlyOne(environments, format)))).text;
    }
    case "html": {
      const { graphPage } = await import("./page.js");
      return graphPage(environments);
    }
    default:
      return assertNever(format);
  }
}

function onlyOne(environments: readonly Environment[], format: GraphFormat): Environment {
  const [first] = environments;
  if (first && environments.length === 1) return first;
  const names = environments.map(({ name }) => name).join(", ");
  throw new UserError(
    `--format ${format} draws one environment, got: ${names}; choose by --environment, or --format html`,
  );
}
