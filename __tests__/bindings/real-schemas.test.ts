import fs from "node:fs";
import path from "node:path";
import { providerSchema, type BlockSchema, type CtyType } from "../../bindings";

/** What the real providers report, as `terraform providers schema -json` has it, in the form of {@link rendered}. */
const FOLDER = path.join(__dirname, "schemas");

interface Rendered {
  readonly [name: string]: string | Rendered;
}

const FILES = fs.readdirSync(FOLDER).map((file) => ({
  provider: file.split("-", 1)[0] ?? "",
  real: JSON.parse(fs.readFileSync(path.join(FOLDER, file), "utf8")) as Readonly<Record<string, Rendered>>,
}));

it("has the schemas of all four providers", () => {
  expect(FILES.map(({ provider }) => provider)).toEqual(["azuread", "azurerm", "docker", "kubernetes"]);
  expect(FILES.flatMap(({ real }) => Object.keys(real)).length).toBeGreaterThan(144);
});

it.each(FILES)("derives every schema of $provider as the real one is: 0 differ", ({ provider, real }) => {
  const differing = Object.keys(real).filter(
    (type) => JSON.stringify(ours(provider, type)) !== JSON.stringify(real[type]),
  );
  expect(differing).toEqual([]);
});

it("sees a difference", () => {
  const real = FILES.find(({ provider }) => provider === "azurerm")?.real.azurerm_resource_group;
  const schema = providerSchema("azurerm", { resources: ["azurerm_resource_group"] }).resources.azurerm_resource_group;
  const { name } = schema?.attributes ?? {};
  if (!schema || !name) throw new Error("no schema");
  expect(rendered(schema)).toEqual(real);
  expect(rendered({ ...schema, attributes: { ...schema.attributes, name: { ...name, sensitive: true } } })).not.toEqual(
    real,
  );
});

function ours(provider: string, type: string): Rendered | undefined {
  if (type === "provider") return rendered(providerSchema(provider, {}).provider);
  const name = type.slice(type.indexOf(".") + 1);
  const { resources, dataSources, ephemeralResources } = providerSchema(provider, {
    ...(!type.includes(".") && { resources: [name] }),
    ...(type.startsWith("data.") && { dataSources: [name] }),
    ...(type.startsWith("ephemeral.") && { ephemeralResources: [name] }),
  });
  const schema = resources[name] ?? dataSources[name] ?? ephemeralResources[name];
  return schema && rendered(schema);
}

/** One line an attribute, with its type and the flags that are set, and one object a block, its limits in its key. */
function rendered({ attributes, blocks }: BlockSchema): Rendered {
  const flags = { required: "required", optional: "optional", computed: "computed", sensitive: "sensitive" } as const;
  const lines = sorted(attributes).map(([name, attribute]): [string, string] => {
    const set = Object.keys(flags).filter((flag) => attribute[flag as keyof typeof flags]);
    return [name, [typeText(attribute.type), ...set, ...(attribute.writeOnly ? ["write_only"] : [])].join(" ")];
  });
  const nested = sorted(blocks).map(([name, { nesting, minItems, maxItems, block }]): [string, Rendered] => [
    `${name} ${nesting} ${minItems} ${maxItems}`,
    rendered(block),
  ]);
  return Object.fromEntries<string | Rendered>([...lines, ...nested]);
}

/** As JSON, with the attributes of objects in order. */
function typeText(type: CtyType): string {
  if (typeof type === "string") return JSON.stringify(type);
  switch (type[0]) {
    case "object":
      return `["object",{${sorted(type[1])
        .map(([name, inner]) => `"${name}":${typeText(inner)}`)
        .join()}}]`;
    case "tuple":
      return `["tuple",[${type[1].map(typeText).join()}]]`;
    default:
      return `["${type[0]}",${typeText(type[1])}]`;
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
