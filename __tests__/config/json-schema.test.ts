import { environmentJsonSchema } from "../../config/json-schema";

type Json = Record<string, unknown>;

const document = JSON.parse(environmentJsonSchema()) as Json;

/** What stands at a path of keys. */
function at(...path: readonly string[]): Json {
  return path.reduce<Json>((here, key) => here[key] as Json, document);
}

/** Schemas of the mappings in a schema, with it, but not of what lists hold. */
function mappings(schema: Json): Json[] {
  const { properties = {}, additionalProperties, anyOf = [] } = schema;
  const nested = [...Object.values(properties as Json), additionalProperties, ...(anyOf as unknown[])];
  return [schema, ...nested.flatMap((value) => (typeof value === "object" ? mappings(value as Json) : []))];
}

describe.each(["images", "clusters", "namespaces", "workloads"])("for %s an editor", (section) => {
  const entry = at("properties", section, "additionalProperties");
  const defaults = at("properties", "defaults", "properties", section);

  test("offers the same keys in entries and in defaults", () => {
    const keys = (schema: Json) => mappings(schema).flatMap(({ properties }) => Object.keys(properties ?? {}));
    expect(keys(defaults)).toEqual(keys(entry));
  });

  test("misses nothing in an entry, which defaults may complete, nor in defaults", () => {
    expect([...mappings(entry), ...mappings(defaults)].filter(({ required }) => required)).toEqual([]);
  });

  test("refuses keys that are unknown", () => {
    expect([entry.additionalProperties, defaults.additionalProperties]).toEqual([false, false]);
  });
});

test("an editor takes null in an entry, to remove what defaults give, and not in defaults", () => {
  const workload = at("properties", "workloads", "additionalProperties", "properties");
  expect([workload.port, workload.expose, workload.clusters]).toMatchObject([
    { type: ["integer", "null"] },
    { type: ["string", "null"], enum: ["ClusterIP", "NodePort", "LoadBalancer", null] },
    { anyOf: [{ type: "array" }, { type: "object" }, { type: "null" }] },
  ]);
  expect(workload.env).toMatchObject({
    type: ["object", "null"],
    additionalProperties: { anyOf: [{ type: "string" }, { type: "object" }, { type: "null" }] },
  });
  expect(at("properties", "defaults", "properties", "workloads", "properties", "port").type).toBe("integer");
});

test("an editor misses what a list of an entry lacks: lists are not merged", () => {
  const { items } = at("properties", "workloads", "additionalProperties", "properties", "tolerations");
  expect(items).toMatchObject({ required: ["key"] });
});

test("an editor still misses what every file needs, but for a file that extends another", () => {
  expect(document.required).toBeUndefined();
  expect(document.if).toEqual({ not: { required: ["extends"] } });
  expect(document.then).toEqual({
    required: ["registry", "clusters"],
    properties: { registry: { required: ["name", "resourceGroup"] } },
  });
  expect(at("properties", "registry").required).toBeUndefined();
});
