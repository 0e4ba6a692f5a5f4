import { troubleshootingPage } from "../diagnosis/page";
import { environmentJsonSchema } from "./json-schema";
import { environmentReference } from "./reference";
import { rulesReference } from "./rules-reference";

/** Files that are made from the schema, the rules and the causes, by their paths in the project. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  "environments/schema.json": environmentJsonSchema,
  "docs/environment-file.md": environmentReference,
  "docs/rules.md": rulesReference,
  "docs/troubleshooting.md": troubleshootingPage,
};
