import { DIFFERENCES, sidesOf } from "../../config/provider-versions";
import { changed, refusal } from "./base";

const [BEFORE, AFTER, BOTH, NEITHER] = [
  { before: true, after: false },
  { before: false, after: true },
  { before: true, after: true },
  { before: false, after: false },
];

test.each([
  [undefined, BEFORE],
  ["~> 4.55", BEFORE],
  ["4.60.0", BEFORE],
  [">= 4.55.0, < 5.0.0", BEFORE],
  ["< 5", BEFORE],
  ["<= 4.99", BEFORE],
  ["~> 4.99.9", BEFORE],
  ["~> 5.2", AFTER],
  [">= 5", AFTER],
  ["= 5.2.0", AFTER],
  ["> 5.0.0, != 5.1.0", AFTER],
  [">= 4.55", BOTH],
  // Of one part alone, none has to stay.
  ["~> 4", BOTH],
  ["<= 5.0.0", BOTH],
  [">= 4.55, < 6", BOTH],
  ["!= 4.56.0", BOTH],
  ["> 6, < 5", NEITHER],
])("azurerm %s lets in, of majors before and from 5 on, %j", (azurerm, sides) => {
  expect(sidesOf(DIFFERENCES.replicaRouting, { azurerm })).toEqual(sides);
});

describe("a constraint that lets in both", () => {
  const replicated = changed("sku: Basic", "sku: Premium\n  georeplications: [{ location: westeurope }]");
  const line =
    'environments/demo.yaml:1:23 providers.azurerm must allow one side of 5.0.0 alone, since registry.georeplications has another argument from there on: add < 5.0.0 or >= 5.0.0, got: ">= 4.55"';

  test("is refused where it matters", () => {
    expect(refusal(`providers: { azurerm: ">= 4.55" }\n${replicated}`)).toEqual([line]);
  });

  test.each(["~> 4.55", "~> 5.2"])("is not %s", (constraint) => {
    expect(refusal(`providers: { azurerm: "${constraint}" }\n${replicated}`)).toEqual([]);
  });

  test("is accepted where nothing differs", () => {
    expect(refusal(`providers: { azurerm: ">= 4.55" }\n${changed("sku: Basic", "sku: Premium")}`)).toEqual([]);
  });
});
