import { UNKNOWN, type Attributes } from "../../../rehearsal/sdk/model";
import { overlay } from "../../../rehearsal/sdk/overlay";
import { computed, nested, optional, schema, writeOnly } from "./schemas";

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
