import { troubleshootingPage } from "../diagnosis/page";
import { manifestsPage } from "../manifests/page";
import { demoPicture } from "../pictures/demo-picture";
import { environmentJsonSchema } from "./json-schema";
import { environmentReference } from "./reference";
import { rulesReference } from "./rules-reference";
import { skuPage } from "./sku-options";

/** Files that are made from the schema, the rules, the kinds, the SKUs, the causes and the demo, by their paths in the project. */
export const GENERATED: Readonly<Record<string, (projectDirectory: string) => string | Promise<string>>> = {
  "environments/schema.json": environmentJsonSchema,
  "docs/demo.svg": demoPicture,
  "docs/environment-file.md": environmentReference,
  "docs/manifests.md": manifestsPage,
  "docs/rules.md": rulesReference,
  "docs/skus.md": skuPage,
  "docs/troubleshooting.md": troubleshootingPage,
};
