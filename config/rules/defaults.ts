import { valueOf } from "../mapping";
import { SECTIONS } from "../schema/defaults";
import type { Rule } from "./rule";

/** Nothing uses them, nor checks the rules between their keys. */
const unused: Rule = {
  id: "unused-defaults",
  about: SECTIONS.map((section) => `defaults.${section}`).join(", "),
  message: "is used by no entry of {section}",
  check: ({ data, shape }) =>
    SECTIONS.filter(
      (section) =>
        valueOf(valueOf(data, "defaults"), section) !== undefined &&
        Object.keys(valueOf(data, section) ?? {}).length === 0 &&
        // A map that is wrong itself is not called empty.
        !shape.some(({ path }) => path.length === 1 && path[0] === section),
    ).map((section) => ({ path: ["defaults", section], values: { section }, atKey: true })),
};

export const defaultsRules = [unused];
