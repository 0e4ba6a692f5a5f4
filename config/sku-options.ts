import { SKUS, type Sku } from "./schema/registry";

/** An option of a registry that not every SKU has. */
export interface SkuOption {
  /** Keys from `registry` to it. */
  readonly path: readonly string[];
  /** Value that every SKU has. @default - none */
  readonly harmless?: boolean;
  /** The lowest that has it. */
  readonly sku: Sku;
}

/** https://learn.microsoft.com/azure/container-registry/container-registry-skus */
export const SKU_OPTIONS: readonly SkuOption[] = [
  { path: ["anonymousPull"], harmless: false, sku: "Standard" },
  { path: ["publicAccess"], harmless: true, sku: "Premium" },
  { path: ["network", "allow"], sku: "Premium" },
  { path: ["network", "trustedServices"], harmless: true, sku: "Premium" },
  { path: ["network", "dataEndpoints"], harmless: false, sku: "Premium" },
  { path: ["privateEndpoints"], sku: "Premium" },
  { path: ["retentionDays"], sku: "Premium" },
  { path: ["zoneRedundancy"], harmless: false, sku: "Premium" },
  { path: ["georeplications"], sku: "Premium" },
  { path: ["exportPolicy"], harmless: true, sku: "Premium" },
  { path: ["quarantine"], harmless: false, sku: "Premium" },
  { path: ["contentTrust"], harmless: false, sku: "Premium" },
  { path: ["customerManagedKey"], sku: "Premium" },
];

/** How many webhooks each SKU has room for. */
export const MOST_WEBHOOKS: Readonly<Record<Sku, number>> = { Basic: 2, Standard: 10, Premium: 500 };

/** Markdown table of what each SKU has. */
export function skuPage(): string {
  const cells = (path: readonly string[], of: (sku: Sku) => string) =>
    `| \`registry.${path.join(".")}\` | ${SKUS.map(of).join(" | ")} |`;
  const has = (own: Sku, lowest: Sku) => SKUS.indexOf(own) >= SKUS.indexOf(lowest);
  return [
    "# SKUs of a registry",
    "",
    "Made from `config/sku-options.ts` by `npm run generate`: what synthesis refuses for a SKU that does not have it, before Terraform or Azure",
    "do (<https://learn.microsoft.com/azure/container-registry/container-registry-skus>). Every other key is the same for all three.",
    "",
    `| key | ${SKUS.join(" | ")} |`,
    `| --- | ${SKUS.map(() => "---").join(" | ")} |`,
    ...SKU_OPTIONS.map(({ path, harmless, sku: lowest }) =>
      cells(path, (own) => (has(own, lowest) ? "yes" : harmless === undefined ? "no" : `only \`${harmless}\``)),
    ),
    cells(["webhooks"], (own) => `at most ${MOST_WEBHOOKS[own]}`),
    "",
  ].join("\n");
}
