import { AT_MOST_ONE, COMPUTED_BLOCKS, SENSITIVE, WRITE_ONLY } from "../../bindings/marks";
import { providerSchema } from "../../bindings/provider-schema";
import type { BlockSchema } from "../../bindings/schema";

/** @returns The schema that a mark's path starts in, and the names that lead on from there. */
function locate(path: string): { schema: BlockSchema | undefined; names: string[] } {
  const [first = "", second = "", ...rest] = path.split(".");
  const providerOf = (type: string): string => type.split("_", 1)[0] ?? "";
  if (first === "provider") {
    return { schema: providerSchema(second, {}).provider, names: rest };
  }
  if (first === "data") {
    return { schema: providerSchema(providerOf(second), { dataSources: [second] }).dataSources[second], names: rest };
  }
  const { resources } = providerSchema(providerOf(first), { resources: [first] });
  return { schema: resources[first], names: [second, ...rest] };
}

test.each([...SENSITIVE, ...WRITE_ONLY])("the bindings still have the attribute %s", (path) => {
  const { schema, names } = locate(path);
  const parent = names.slice(0, -1).reduce((block, name) => block?.blocks[name]?.block, schema);

  expect(parent?.attributes).toHaveProperty(names.at(-1) ?? "");
});

test.each([...AT_MOST_ONE, ...COMPUTED_BLOCKS])("the bindings still have the block %s", (path) => {
  const { schema, names } = locate(path);
  const parent = names.slice(0, -1).reduce((block, name) => block?.blocks[name]?.block, schema);

  expect(parent?.blocks).toHaveProperty(names.at(-1) ?? "");
});
