import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { UNKNOWN, type Value } from "../../../rehearsal/sdk/model";
import type { CtyType } from "../../../bindings";
import { decodeValue, encodeValue, valueFromJson } from "../../../rehearsal/plugin/value";

const roundTrip = (value: Value, type: CtyType): Value => decodeValue(encodeValue(value, type, "test"), type);

/** Map keys and attribute names; msgpack libraries refuse the one name that JavaScript treats specially. */
const key = fc.string({ maxLength: 8 }).filter((name) => name !== "__proto__");

const anyType = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<CtyType>("string", "number", "bool"),
    fc.tuple(fc.constantFrom("list" as const, "set" as const, "map" as const), tie("type")),
    fc.tuple(fc.constant("tuple" as const), fc.array(tie("type"), { maxLength: 3 })),
    fc.tuple(fc.constant("object" as const), fc.dictionary(key, tie("type"), { maxKeys: 4, noNullPrototype: true })),
  ),
})).type;

function valueOf(type: CtyType): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Value>(null, UNKNOWN) },
    { weight: 5, arbitrary: known(type) },
  );
}

function known(type: CtyType): fc.Arbitrary<Value> {
  if (typeof type === "string") {
    const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n));
    return {
      string: fc.string(),
      bool: fc.boolean(),
      number: fc.oneof(fc.maxSafeInteger(), float),
      dynamic: fc.string(),
    }[type];
  }
  switch (type[0]) {
    case "list":
    case "set":
      return fc.array(valueOf(type[1]), { maxLength: 3 });
    case "map":
      return fc.dictionary(key, valueOf(type[1]), { maxKeys: 3, noNullPrototype: true });
    case "tuple":
      return fc.tuple(...type[1].map(valueOf));
    case "object":
      return fc.record(Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, valueOf(inner)])), {
        noNullPrototype: true,
      });
  }
}

test("every value of every type survives the wire", () => {
  const typed = anyType.chain((type) => fc.record({ type: fc.constant(type), value: valueOf(type) }));
  fc.assert(
    fc.property(typed, ({ type, value }) => {
      expect(roundTrip(value, type)).toEqual(value);
    }),
  );
});

test("a dynamic value carries its own type", () => {
  const value: Value = { text: "a", list: [1, true, { deep: UNKNOWN }], nothing: null };

  expect(roundTrip(value, "dynamic")).toEqual(value);
  expect(roundTrip(UNKNOWN, "dynamic")).toBe(UNKNOWN);
  expect(roundTrip(null, "dynamic")).toBeNull();
});

test("an unknown value with refinements is unknown", () => {
  const refined = new ExtData(12, encode(new Map([[1, false]])));

  expect(decodeValue(encode({ id: refined }), ["object", { id: "string" }])).toEqual({ id: UNKNOWN });
});

test("an unknown value is extension 0", () => {
  expect([...encodeValue(UNKNOWN, "string", "test")]).toEqual([0xd4, 0, 0]);
});

test("a number beyond the range of a JavaScript number stays a decimal string", () => {
  expect(decodeValue(encode("123456789012345678901234567890"), "number")).toBe("123456789012345678901234567890");
  expect(decodeValue(encode(9007199254740993n, { useBigInt64: true }), "number")).toBe("9007199254740993");
  expect(roundTrip("123456789012345678901234567890", "number")).toBe("123456789012345678901234567890");
});

test("a fraction is sent as a decimal, which Terraform compares exactly", () => {
  expect(encodeValue(0.1, "number", "test")).toEqual(encode("0.1"));
  expect(decodeValue(encode("0.1"), "number")).toBe(0.1);
});

test("attributes that an object leaves out are null", () => {
  const type: CtyType = ["object", { name: "string", tags: ["map", "string"] }];

  expect(roundTrip({ name: "a" }, type)).toEqual({ name: "a", tags: null });
});

test("an attribute that the type does not have is refused with its path", () => {
  const type: CtyType = ["object", { spec: ["list", ["object", { port: "number" }]] }];

  expect(() => encodeValue({ spec: [{ port: 1 }, { prot: 1 }] }, type, "kubernetes_service_v1")).toThrow(
    "kubernetes_service_v1.spec[1].prot is not in the schema",
  );
});

test.each<[CtyType, Value, string]>([
  ["string", 3, "x must be a string, got: number"],
  ["bool", "true", "x must be a bool, got: string"],
  ["number", "three", "x must be a number, got: string"],
  [["list", "string"], "a", "x must be a list, got: string"],
  [["map", "string"], ["a"], "x must be a map, got: array"],
  [["object", { a: "string" }], [], "x must be a object, got: array"],
])("a value that is not a %p is refused without showing it", (type, value, message) => {
  expect(() => encodeValue(value, type, "x")).toThrow(new Error(message));
});

test("stored state loses the attributes that the type no longer has", () => {
  const type: CtyType = [
    "object",
    { name: "string", blocks: ["list", ["object", { port: "number" }]], free: "dynamic" },
  ];
  const stored = { name: "a", old: 1, blocks: [{ port: 80, old: 2 }], free: { type: "string", value: "b" } };

  expect(valueFromJson(stored, type)).toEqual({ name: "a", blocks: [{ port: 80 }], free: "b" });
});

test("a dynamic value goes back with the type that it came with, whatever in it is unknown", () => {
  const type = Buffer.from(JSON.stringify(["object", { a: "string", b: ["list", "number"] }]));
  const bytes = encode([type, { a: new ExtData(0, new Uint8Array(1)), b: null }]);
  const decoded = decodeValue(bytes, "dynamic");
  expect(decoded).toEqual({ a: UNKNOWN, b: null });
  const [typeAgain] = decode(encodeValue(decoded, "dynamic", "x")) as [Uint8Array];
  expect(Buffer.from(typeAgain).toString()).toBe(type.toString());
});
