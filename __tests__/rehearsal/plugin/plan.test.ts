import { UNKNOWN, type Attributes } from "../../../rehearsal/plugin/model";
import { overlay, planBlock } from "../../../rehearsal/plugin/plan";
import { computed, nested, optional, optionalComputed, schema, writeOnly } from "./schemas";

describe("planning attributes", () => {
  const all = schema({ name: optional, tier: optionalComputed, id: computed, secret: writeOnly });
  const prior = { name: "a", tier: "basic", id: "1", secret: null };

  test("a new object has what is configured, and unknowns for what the provider computes", () => {
    const planned = planBlock(all, { name: "a", tier: null, id: null, secret: null }, undefined, {});

    expect(planned).toEqual({ name: "a", tier: UNKNOWN, id: UNKNOWN, secret: null });
  });

  test("defaults stand in for what a new object leaves out", () => {
    const planned = planBlock(all, {}, undefined, { name: "default", tier: "free", id: "known" });

    expect(planned).toMatchObject({ name: "default", tier: "free", id: "known" });
  });

  test("what is configured beats defaults and what was there", () => {
    expect(planBlock(all, { name: "b", tier: "premium" }, prior, { tier: "free" })).toMatchObject({
      name: "b",
      tier: "premium",
    });
  });

  test("an existing object keeps what the provider computed", () => {
    expect(planBlock(all, { name: "b" }, prior, { tier: "free" })).toMatchObject({ tier: "basic", id: "1" });
  });

  test("an attribute that is never computed goes back to its default", () => {
    expect(planBlock(all, {}, prior, { name: "default" })).toMatchObject({ name: "default" });
    expect(planBlock(all, {}, prior, {})).toMatchObject({ name: null });
  });

  test("a write-only value is in no plan", () => {
    expect(planBlock(all, { secret: "s" }, undefined, {})).toMatchObject({ secret: null });
  });

  test("an unknown value stays unknown", () => {
    expect(planBlock(all, { name: UNKNOWN }, prior, {})).toMatchObject({ name: UNKNOWN });
  });
});

describe("planning nested blocks", () => {
  const port = schema({ number: optional, protocol: optionalComputed, node: computed });

  test("those of a list meet their earlier selves by position", () => {
    const list = schema({}, { port: nested("list", port) });
    const prior = { port: [{ number: "80", protocol: "TCP", node: "30001" }] };

    expect(planBlock(list, { port: [{ number: "81" }, { number: "82" }] }, prior, {})).toEqual({
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

    expect(planBlock(set, { port: [{ number: "81" }, { number: "90" }] }, prior, {})).toEqual({
      port: [
        { number: "81", protocol: "TCP", node: "30002" },
        { number: "90", protocol: UNKNOWN, node: UNKNOWN },
      ],
    });
  });

  test("defaults meet them by position", () => {
    const list = schema({}, { port: nested("list", port) });

    expect(planBlock(list, { port: [{ number: "80" }] }, undefined, { port: [{ protocol: "TCP" }] })).toEqual({
      port: [{ number: "80", protocol: "TCP", node: UNKNOWN }],
    });
  });

  test("a single one is absent or an object", () => {
    const single = schema({}, { timeouts: nested("single", schema({ create: optional })) });

    expect(planBlock(single, { timeouts: null }, undefined, {})).toEqual({ timeouts: null });
    expect(planBlock(single, { timeouts: { create: "1m" } }, undefined, {})).toEqual({ timeouts: { create: "1m" } });
  });

  test("those the provider fills in are unknown at first, then kept though the configuration has none", () => {
    const filled = schema({}, { pull: nested("list", schema({ name: optional }), true) });

    expect(planBlock(filled, { pull: [] }, undefined, {})).toEqual({ pull: UNKNOWN });
    expect(planBlock(filled, { pull: [] }, { pull: [{ name: "a" }] }, {})).toEqual({ pull: [{ name: "a" }] });
  });

  test("blocks that are not known yet stay unknown", () => {
    const list = schema({}, { port: nested("list", port) });

    expect(planBlock(list, { port: UNKNOWN }, undefined, {})).toEqual({ port: UNKNOWN });
  });
});

describe("laying a model's result over an object", () => {
  const metadata = schema({ name: optional, uid: computed, secret: writeOnly });
  const object = schema({ id: computed, tags: optional }, { metadata: nested("list", metadata) });

  test("replaces the attributes that it names", () => {
    const result = overlay(object, { id: UNKNOWN, tags: "t", metadata: [] }, { id: "1" });

    expect(result).toEqual({ id: "1", tags: "t", metadata: [] });
  });

  test("can set an attribute to null", () => {
    expect(overlay(object, { id: "1", tags: "t", metadata: [] }, { tags: null })).toMatchObject({ tags: null });
  });

  test("keeps what is there where the result is unknown", () => {
    const base = { id: "1", tags: "t", metadata: [{ uid: "u" }] };

    expect(overlay(object, base, { id: UNKNOWN, metadata: [{ uid: UNKNOWN }] })).toMatchObject(base);
    expect(overlay(object, base, { metadata: UNKNOWN })).toMatchObject(base);
  });

  test("merges blocks by position", () => {
    const base: Attributes = { metadata: [{ name: "a", uid: UNKNOWN }] };

    expect(overlay(object, base, { metadata: [{ uid: "u" }] })).toMatchObject({
      metadata: [{ name: "a", uid: "u", secret: null }],
    });
  });

  test("leaves as many blocks as the result has", () => {
    const base = { metadata: [{ name: "a" }, { name: "b" }] };

    expect(overlay(object, base, { metadata: [{}] })).toMatchObject({ metadata: [{ name: "a" }] });
    expect(overlay(object, base, { metadata: [] })).toMatchObject({ metadata: [] });
  });

  test("never keeps a write-only value", () => {
    expect(overlay(object, { metadata: [{ name: "a" }] }, { metadata: [{ secret: "s" }] })).toMatchObject({
      metadata: [{ secret: null }],
    });
  });
});
