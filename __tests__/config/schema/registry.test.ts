import { environmentFrom } from "../../support/environment";
import { BASE, changed, refusal, type Refusal } from "../base";

test.each<Refusal>([
  [
    "a name with capitals",
    "name: acrdemo2ss",
    "name: AcrDemo",
    'environments/demo.yaml:2:9 registry.name must be 5-50 lowercase letters or digits, got: "AcrDemo"',
  ],
  [
    "a name of 4 characters",
    "name: acrdemo2ss",
    "name: acr4",
    'environments/demo.yaml:2:9 registry.name must be 5-50 lowercase letters or digits, got: "acr4"',
  ],
  [
    "a name of 51 characters",
    "name: acrdemo2ss",
    `name: ${"a".repeat(51)}`,
    `environments/demo.yaml:2:9 registry.name must be 5-50 lowercase letters or digits, got: "${"a".repeat(51)}"`,
  ],
  [
    "a name with a hyphen",
    "name: acrdemo2ss",
    "name: acr-demo",
    'environments/demo.yaml:2:9 registry.name must be 5-50 lowercase letters or digits, got: "acr-demo"',
  ],
  [
    "a name that is a number",
    "name: acrdemo2ss",
    "name: 123456",
    "environments/demo.yaml:2:9 registry.name must be a string (put it in quotes), got: 123456",
  ],
  ["no name", "  name: acrdemo2ss\n", "", "environments/demo.yaml:1:1 registry.name is required"],
  [
    "a resource group that ends in a dot",
    "resourceGroup: acr-rg2",
    "resourceGroup: acr-rg.",
    "environments/demo.yaml:3:18 registry.resourceGroup must be a resource group name: at most 90 letters, digits, '_', '-', '.', '(' or ')', not ending in '.', got: \"acr-rg.\"",
  ],
  [
    "a resource group of 91 characters",
    "resourceGroup: acr-rg2",
    `resourceGroup: ${"a".repeat(91)}`,
    `environments/demo.yaml:3:18 registry.resourceGroup must be a resource group name: at most 90 letters, digits, '_', '-', '.', '(' or ')', not ending in '.', got: "${"a".repeat(91)}"`,
  ],
  [
    "a resource group of another type",
    "resourceGroup: acr-rg2",
    "resourceGroup: 5",
    "environments/demo.yaml:3:18 registry.resourceGroup must be a string (put it in quotes) or a mapping, got: 5",
  ],
  [
    "an adopted resource group without a name",
    "resourceGroup: acr-rg2",
    "resourceGroup: { existing: true }",
    "environments/demo.yaml:3:3 registry.resourceGroup.name is required",
  ],
  [
    "an unknown key of the resource group",
    "resourceGroup: acr-rg2",
    "resourceGroup: { name: rg, exists: true }",
    "environments/demo.yaml:3:30 registry.resourceGroup.exists is not a known key",
  ],
  [
    "no resource group",
    "  resourceGroup: acr-rg2\n",
    "",
    "environments/demo.yaml:1:1 registry.resourceGroup is required",
  ],
  [
    "a location in its long form",
    "location: centralus",
    "location: Central US",
    'environments/demo.yaml:4:13 registry.location must be an Azure location in its short form, such as centralus, got: "Central US"',
  ],
  [
    "no location",
    "  location: centralus\n",
    "",
    "environments/demo.yaml:1:1 registry.location is required to create a registry",
  ],
  ["no SKU", "  sku: Basic\n", "", "environments/demo.yaml:1:1 registry.sku is required to create a registry"],
  [
    "a SKU that does not exist",
    "sku: Basic",
    "sku: basic",
    'environments/demo.yaml:5:8 registry.sku must be one of Basic, Standard, Premium, got: "basic"',
  ],
  [
    "a SKU that is null",
    "sku: Basic",
    "sku:",
    "environments/demo.yaml:5:7 registry.sku must be one of Basic, Standard, Premium, got: null",
  ],
  [
    "anonymous pull on Basic",
    "sku: Basic",
    "sku: Basic\n  anonymousPull: true",
    "environments/demo.yaml:6:18 registry.anonymousPull needs sku Standard or Premium, and sku is Basic, got: true",
  ],
  [
    "no public access on Basic",
    "sku: Basic",
    "sku: Basic\n  publicAccess: false",
    "environments/demo.yaml:6:17 registry.publicAccess needs sku Premium, and sku is Basic, got: false",
  ],
  [
    "no public access on Standard",
    "sku: Basic",
    "sku: Standard\n  publicAccess: false",
    "environments/demo.yaml:6:17 registry.publicAccess needs sku Premium, and sku is Standard, got: false",
  ],
  [
    "retention on Basic",
    "sku: Basic",
    "sku: Basic\n  retentionDays: 7",
    "environments/demo.yaml:6:18 registry.retentionDays needs sku Premium, and sku is Basic, got: 7",
  ],
  [
    "retention on Standard",
    "sku: Basic",
    "sku: Standard\n  retentionDays: 7",
    "environments/demo.yaml:6:18 registry.retentionDays needs sku Premium, and sku is Standard, got: 7",
  ],
  [
    "zone redundancy on Basic",
    "sku: Basic",
    "sku: Basic\n  zoneRedundancy: true",
    "environments/demo.yaml:6:19 registry.zoneRedundancy needs sku Premium, and sku is Basic, got: true",
  ],
  [
    "zone redundancy on Standard",
    "sku: Basic",
    "sku: Standard\n  zoneRedundancy: true",
    "environments/demo.yaml:6:19 registry.zoneRedundancy needs sku Premium, and sku is Standard, got: true",
  ],
  [
    "replicas on Basic",
    "sku: Basic",
    "sku: Basic\n  georeplications: [{ location: eastus }]",
    "environments/demo.yaml:6:20 registry.georeplications needs sku Premium, and sku is Basic, got: a list",
  ],
  [
    "replicas on Standard",
    "sku: Basic",
    "sku: Standard\n  georeplications: [{ location: eastus }]",
    "environments/demo.yaml:6:20 registry.georeplications needs sku Premium, and sku is Standard, got: a list",
  ],
  [
    "an empty list of replicas",
    "sku: Basic",
    "sku: Premium\n  georeplications: []",
    "environments/demo.yaml:6:20 registry.georeplications must list at least one location, got: a list",
  ],
  [
    "a replica at the registry's location",
    "sku: Basic",
    "sku: Premium\n  georeplications: [{ location: centralus }]",
    'environments/demo.yaml:6:33 registry.georeplications[0].location must differ from registry.location, got: "centralus"',
  ],
  [
    "a former registry that is no name and no host",
    "sku: Basic",
    "sku: Basic\n  formerly: [Old_Registry]",
    'environments/demo.yaml:6:14 registry.formerly[0] must be the name of a registry, or its host, got: "Old_Registry"',
  ],
  [
    "a former registry that is the present one",
    "sku: Basic",
    "sku: Basic\n  formerly: [acrdemo2ss]",
    'environments/demo.yaml:6:14 registry.formerly[0] must be another registry than registry.name, got: "acrdemo2ss"',
  ],
  [
    "the host of the present one",
    "sku: Basic",
    "sku: Basic\n  formerly: [acrdemo2ss.azurecr.io]",
    'environments/demo.yaml:6:14 registry.formerly[0] must be another registry than registry.name, got: "acrdemo2ss.azurecr.io"',
  ],
  [
    "two replicas at one location",
    "sku: Basic",
    "sku: Premium\n  georeplications: [{ location: eastus }, { location: eastus }]",
    'environments/demo.yaml:6:55 registry.georeplications[1].location is listed twice, got: "eastus"',
  ],
  [
    "a replica without a location",
    "sku: Basic",
    "sku: Premium\n  georeplications: [{ zoneRedundancy: true }]",
    "environments/demo.yaml:6:21 registry.georeplications[0].location is required",
  ],
  [
    "an unknown key of a replica",
    "sku: Basic",
    "sku: Premium\n  georeplications: [{ location: eastus, zoneRedundant: true }]",
    'environments/demo.yaml:6:41 registry.georeplications[0].zoneRedundant is not a known key; did you mean "zoneRedundancy"?',
  ],
  [
    "retention of 0 days",
    "sku: Basic",
    "sku: Premium\n  retentionDays: 0",
    "environments/demo.yaml:6:18 registry.retentionDays must be a whole number from 1 to 365, got: 0",
  ],
  [
    "retention of 366 days",
    "sku: Basic",
    "sku: Premium\n  retentionDays: 366",
    "environments/demo.yaml:6:18 registry.retentionDays must be a whole number from 1 to 365, got: 366",
  ],
  [
    "retention of half a day",
    "sku: Basic",
    "sku: Premium\n  retentionDays: 0.5",
    "environments/demo.yaml:6:18 registry.retentionDays must be a whole number, got: 0.5",
  ],
  [
    "repository permissions of a new registry",
    "sku: Basic",
    "sku: Basic\n  repositoryPermissions: true",
    "environments/demo.yaml:6:26 registry.repositoryPermissions of a registry that is made here needs azurerm 5 or later: providers.azurerm has to leave older versions out, such as >= 5.0.0, got: true",
  ],
  [
    "a flag that is a string",
    "sku: Basic",
    'sku: Basic\n  adminUser: "yes"',
    'environments/demo.yaml:6:14 registry.adminUser must be true or false, got: "yes"',
  ],
  [
    "a forbidden character in a tag's name",
    "sku: Basic",
    "sku: Basic\n  tags: { a/b: c }",
    "environments/demo.yaml:6:11 registry.tags.a/b must be a tag name of at most 512 characters without < > % & \\ ? /",
  ],
  [
    "a tag's value of 257 characters",
    "sku: Basic",
    `sku: Basic\n  tags: { a: ${"a".repeat(257)} }`,
    `environments/demo.yaml:6:14 registry.tags.a must be a tag value of at most 256 characters, got: "${"a".repeat(257)}"`,
  ],
  [
    "a tag's value that is a number",
    "sku: Basic",
    "sku: Basic\n  tags: { cost-center: 4711 }",
    "environments/demo.yaml:6:24 registry.tags.cost-center must be a string (put it in quotes), got: 4711",
  ],
])("refused: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each<Refusal>([
  [
    "location: centralus",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  location: centralus",
    'environments/demo.yaml:5:13 registry.location must be left out: the registry is adopted (existing: true), got: "centralus"',
  ],
  [
    "sku: Basic",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  sku: Basic",
    'environments/demo.yaml:5:8 registry.sku must be left out: the registry is adopted (existing: true), got: "Basic"',
  ],
  [
    "adminUser: false",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  adminUser: false",
    "environments/demo.yaml:5:14 registry.adminUser must be left out: the registry is adopted (existing: true), got: false",
  ],
  [
    "anonymousPull: false",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  anonymousPull: false",
    "environments/demo.yaml:5:18 registry.anonymousPull must be left out: the registry is adopted (existing: true), got: false",
  ],
  [
    "publicAccess: true",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  publicAccess: true",
    "environments/demo.yaml:5:17 registry.publicAccess must be left out: the registry is adopted (existing: true), got: true",
  ],
  [
    "retentionDays: 7",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  retentionDays: 7",
    "environments/demo.yaml:5:18 registry.retentionDays must be left out: the registry is adopted (existing: true), got: 7",
  ],
  [
    "zoneRedundancy: false",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  zoneRedundancy: false",
    "environments/demo.yaml:5:19 registry.zoneRedundancy must be left out: the registry is adopted (existing: true), got: false",
  ],
  [
    "georeplications: [{ location: eastus }]",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  georeplications: [{ location: eastus }]",
    "environments/demo.yaml:5:20 registry.georeplications must be left out: the registry is adopted (existing: true), got: a list",
  ],
  [
    "deleteProtection: false",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  deleteProtection: false",
    "environments/demo.yaml:5:21 registry.deleteProtection must be left out: the registry is adopted (existing: true), got: false",
  ],
  [
    "tags: {}",
    "  location: centralus\n  sku: Basic",
    "  existing: true\n  tags: {}",
    "environments/demo.yaml:5:9 registry.tags must be left out: the registry is adopted (existing: true), got: a mapping",
  ],
])("refused beside existing: true: %s", (_title, from, to, ...lines) => {
  expect(refusal(changed(from, to))).toEqual(lines);
});

test.each([
  ["a name of 5 characters", "name: acrdemo2ss", "name: acr45"],
  ["a name of 50 characters", "name: acrdemo2ss", `name: ${"a".repeat(50)}`],
  ["a resource group of 90 characters", "resourceGroup: acr-rg2", `resourceGroup: ${"a".repeat(90)}`],
  ["a resource group by its mapping", "resourceGroup: acr-rg2", "resourceGroup: { name: acr-rg2, existing: true }"],
  ["anonymous pull on Standard", "sku: Basic", "sku: Standard\n  anonymousPull: true"],
  ["no anonymous pull on Basic", "sku: Basic", "sku: Basic\n  anonymousPull: false"],
  ["public access on Basic", "sku: Basic", "sku: Basic\n  publicAccess: true"],
  ["no public access on Premium", "sku: Basic", "sku: Premium\n  publicAccess: false"],
  ["no zone redundancy on Basic", "sku: Basic", "sku: Basic\n  zoneRedundancy: false"],
  ["zone redundancy on Premium", "sku: Basic", "sku: Premium\n  zoneRedundancy: true"],
  ["retention of 1 day on Premium", "sku: Basic", "sku: Premium\n  retentionDays: 1"],
  ["retention of 365 days on Premium", "sku: Basic", "sku: Premium\n  retentionDays: 365"],
  [
    "replicas on Premium",
    "sku: Basic",
    "sku: Premium\n  georeplications: [{ location: eastus }, { location: westus }]",
  ],
  ["a tag's value of 256 characters", "sku: Basic", `sku: Basic\n  tags: { a: ${"a".repeat(256)} }`],
  [
    "repository permissions of an adopted registry",
    "  location: centralus\n  sku: Basic\n",
    "  existing: true\n  repositoryPermissions: true\n",
  ],
])("accepted: %s", (_title, from, to) => {
  expect(refusal(changed(from, to))).toEqual([]);
});

test("what is silent gets no option that costs or opens anything", () => {
  expect(environmentFrom(BASE).registry).toEqual({
    kind: "created",
    name: "acrdemo2ss",
    resourceGroup: { kind: "created", name: "acr-rg2" },
    location: "centralus",
    sku: "Basic",
  });
});
