import { UNKNOWN } from "../../../rehearsal/sdk/model";
import { withSent } from "../../../rehearsal/sdk/sent";
import { attribute, nested, optional, schema } from "./schemas";

const container = schema({ root: attribute({ type: "bool", optional: true }), name: optional });
const pod = schema({ count: attribute({ type: "number", optional: true }) }, { container: nested("list", container) });
const facts = { sent: ["count", "container.root"] };

test("zeros are sent of what was left out, in blocks that are there", () => {
  expect(withSent(pod, facts, { count: UNKNOWN, container: [{ root: null, name: null }, { root: true }] })).toEqual({
    ...{ count: 0, container: [{ root: false, name: null }, { root: true }] },
  });
  expect(withSent(pod, facts, { count: 3, container: [] })).toEqual({ count: 3, container: [] });
});
