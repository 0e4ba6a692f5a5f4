import { troubleshootingPage } from "../diagnosis/page";
import { manifestsPage } from "../manifests/page";
import { environmentJsonSchema } from "./json-schema";
import { environmentReference } from "./reference";
import { rulesReference } from "./rules-reference";
import { skuPage } from "./sku-options";

/** Files that are made from the schema, the rules, the kinds, the SKUs and the causes, by their paths in the project. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  "environments/schema.json": environmentJsonSchema,
  "docs/environment-file.md": environmentReference,
  "docs/manifests.md": manifestsPage,
  "docs/rules.md": rulesReference,
  "docs/skus.md": skuPage,
  "docs/troubleshooting.md": troubleshootingPage,
};
