import { UNKNOWN, type Attributes } from "../../../rehearsal/sdk/model";
import { planObject } from "../../../rehearsal/sdk/plan";
import { attribute, computed, nested, optional, optionalComputed, schema, writeOnly } from "./schemas";

describe("planning attributes", () => {
  const all = schema({ name: optional, tier: optionalComputed, id: computed, secret: writeOnly });
  const prior = { name: "a", tier: "basic", id: "1", secret: null };

  test("a new object has what is configured, and unknowns for what the provider computes", () => {
    const planned = planObject(all, {}, { name: "a", tier: null, id: null, secret: null }, undefined);

    expect(planned).toEqual({ name: "a", tier: UNKNOWN, id: UNKNOWN, secret: null });
  });

  test("defaults stand in for what a new object leaves out", () => {
    const planned = planObject(all, { defaults: { name: "default", tier: "free", id: "known" } }, {}, undefined);

    expect(planned).toMatchObject({ name: "default", tier: "free", id: "known" });
  });

  test("what is configured beats defaults and what was there", () => {
    expect(planObject(all, { defaults: { tier: "free" } }, { name: "b", tier: "premium" }, prior)).toMatchObject({
      name: "b",
      tier: "premium",
    });
  });

  test("an existing object keeps what the provider computed", () => {
    expect(planObject(all, {}, { name: "b" }, prior)).toMatchObject({ tier: "basic", id: "1" });
  });

  test("an attribute that is never computed goes back to its default", () => {
    expect(planObject(all, { defaults: { name: "default" } }, {}, prior)).toMatchObject({ name: "default" });
    expect(planObject(all, {}, {}, prior)).toMatchObject({ name: null });
  });

  test("a write-only value is in no plan", () => {
    expect(planObject(all, {}, { secret: "s" }, undefined)).toMatchObject({ secret: null });
  });

  test("an unknown value stays unknown", () => {
    expect(planObject(all, {}, { name: UNKNOWN }, prior)).toMatchObject({ name: UNKNOWN });
  });
});

describe("planning nested blocks", () => {
  const port = schema({ number: optional, protocol: optionalComputed, node: computed });

  test("those of a list meet their earlier selves by position", () => {
    const list = schema({}, { port: nested("list", port) });
    const prior = { port: [{ number: "80", protocol: "TCP", node: "30001" }] };

    expect(planObject(list, {}, { port: [{ number: "81" }, { number: "82" }] }, prior)).toEqual({
      port: [
        { number: "81", protocol: "TCP", node: "30001" },
        { number: "82", protocol: UNKNOWN, node: UNKNOWN },
      ],
    });
  });

  test("those of a set meet their earlier selves by what is configured", () => {
    const set = schema({}, { port: nested("set", port) });
    const prior = {
      port: [
        { number: "80", protocol: "TCP", node: "30001" },
        { number: "81", protocol: "TCP", node: "30002" },
      ],
    };

    expect(planObject(set, {}, { port: [{ number: "81" }, { number: "90" }] }, prior)).toEqual({
      port: [
        { number: "81", protocol: "TCP", node: "30002" },
        { number: "90", protocol: UNKNOWN, node: UNKNOWN },
      ],
    });
  });

  test("defaults are theirs by path, and not a block's that is absent", () => {
    const list = schema({}, { port: nested("list", port) });
    const facts = { defaults: { "port.protocol": "TCP" } };

    expect(planObject(list, facts, { port: [{ number: "80" }] }, undefined)).toEqual({
      port: [{ number: "80", protocol: "TCP", node: UNKNOWN }],
    });
    expect(planObject(list, facts, { port: [] }, undefined)).toEqual({ port: [] });
  });

  test("a single one is absent or an object", () => {
    const single = schema({}, { timeouts: nested("single", schema({ create: optional })) });

    expect(planObject(single, {}, { timeouts: null }, undefined)).toEqual({ timeouts: null });
    expect(planObject(single, {}, { timeouts: { create: "1m" } }, undefined)).toEqual({ timeouts: { create: "1m" } });
  });

  test("those the provider fills in are unknown at first, then kept though the configuration has none", () => {
    const filled = schema({}, { pull: nested("list", schema({ name: optional }), true) });

    expect(planObject(filled, {}, { pull: [] }, undefined)).toEqual({ pull: UNKNOWN });
    expect(planObject(filled, {}, { pull: [] }, { pull: [{ name: "a" }] })).toEqual({ pull: [{ name: "a" }] });
  });

  test("blocks that are not known yet stay unknown", () => {
    const list = schema({}, { port: nested("list", port) });

    expect(planObject(list, {}, { port: UNKNOWN }, undefined)).toEqual({ port: UNKNOWN });
  });
});

describe("what the SDK does not tell apart", () => {
  const flag = attribute({ type: "bool", optional: true });
  const map = attribute({ type: ["map", "string"], optional: true });
  const all = schema({ name: optional, on: flag, tags: map });

  test.each([
    ["nothing and zeros", {}, { name: "", on: false, tags: {} }],
    ["zeros and nothing", { name: "", on: false, tags: {} }, { name: null, on: null, tags: null }],
  ])("%s: what is there stays", (_, config, prior) => {
    expect(planObject(all, {}, config, prior)).toEqual(prior);
  });

  test("a value that is taken away leaves nothing, and an empty collection", () => {
    expect(planObject(all, {}, {}, { name: "a", on: true, tags: { a: "b" } })).toEqual({
      name: null,
      on: null,
      tags: {},
    });
  });

  test("a new object's plan has no empty map and no empty default", () => {
    expect(planObject(all, { defaults: { name: "", on: false } }, { tags: {} }, undefined)).toEqual({
      ...{ name: null, on: false, tags: null },
    });
  });

  test("an element of a set is planned with empty texts and lists, and nothing else", () => {
    const list = attribute({ type: ["list", "string"], optional: true });
    const set = schema({}, { build: nested("set", schema({ name: optional, on: flag, tags: map, args: list })) });

    expect(planObject(set, {}, { build: [{}] }, undefined)).toEqual({
      build: [{ name: "", on: null, tags: null, args: [] }],
    });
  });
});

describe("a difference that is suppressed", () => {
  const map = attribute({ type: ["map", "string"], optional: true });
  const all = schema({ value: optional, limits: map, value_wo_revision: optional });

  test.each([
    ["quantity", "1", "1000m", "1"],
    ["quantity", "1", "1001m", "1001m"],
    ["quantity", "128Mi", "131072Ki", "128Mi"],
    ["quantity", "one", "1", "1"],
    ["location", "westeurope", "West Europe", "westeurope"],
    ["case", "AcrPull", "acrpull", "AcrPull"],
    ["latest", "a:latest", "a", "a:latest"],
    ["time", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"],
    ["unset", "a", "", "a"],
    ["unset", "a", "b", "b"],
  ] as const)("%s: there %s, configured %s, planned %s", (suppression, prior, value, planned) => {
    expect(planObject(all, { suppresses: { value: suppression } }, { value }, { value: prior })).toMatchObject({
      value: planned,
    });
  });

  test("in a map is one of single keys", () => {
    const facts = { suppresses: { limits: "quantity" } } as const;
    const prior = { limits: { cpu: "1", memory: "1Gi" } };

    expect(planObject(all, facts, { limits: { cpu: "1000m", memory: "2Gi" } }, prior)).toMatchObject({
      limits: { cpu: "1", memory: "2Gi" },
    });
  });

  test("is any, as long as a write-only value counts", () => {
    const facts = { suppresses: { value: "revision" } } as const;

    expect(planObject(all, facts, { value_wo_revision: "1" }, { value: "a" })).toMatchObject({ value: "a" });
    expect(planObject(all, facts, { value: "b" }, { value: "a" })).toMatchObject({ value: "b" });
  });

  test("is that of a block that is not configured and holds zeros and defaults only", () => {
    const web = schema({ version: attribute({ type: "number", optional: true }), name: optional });
    const object = schema({}, { web: nested("list", web) });
    const facts = { suppresses: { web: "empty" }, defaults: { "web.version": 1 } } as const;
    const planned = (element: Attributes) => planObject(object, facts, { web: [] }, { web: [element] }).web;

    expect(planned({ version: 1, name: "" })).toEqual([{ version: 1, name: "" }]);
    expect(planned({ version: 2, name: "" })).toEqual([]);
    expect(planned({ version: 1, name: "a" })).toEqual([]);
  });
});
