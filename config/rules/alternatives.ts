import { ALTERNATIVES } from "../alternatives";
import { isMapping, valueOf } from "../mapping";
import type { Path } from "../problem";
import type { Rule } from "./rule";

const exactlyOne: Rule = {
  id: "exactly-one",
  about: ALTERNATIVES.map(({ place }) => place.join(".").replaceAll("*", "<key>")).join(", "),
  message: "must have exactly one of the keys {keys}",
  check: ({ data }) =>
    ALTERNATIVES.flatMap(({ place, keys, instead }) =>
      mappingsAt(data, place).flatMap(({ path, mapping }) => {
        const given = keys.filter((key) => Object.hasOwn(mapping, key));
        if (given.length === 1 || (given.length === 0 && instead !== undefined && Object.hasOwn(mapping, instead)))
          return [];
        return [
          {
            path,
            values: { keys: `${keys.join(", ")}${instead === undefined ? "" : `, or ${instead} alone`}` },
            showValue: false,
            lacks: given.length === 0,
          },
        ];
      }),
    ),
};

export const alternativeRules = [exactlyOne];

function mappingsAt(data: unknown, [part, ...rest]: Path, path: Path = []): { path: Path; mapping: object }[] {
  if (!isMapping(data)) return [];
  if (part === undefined) return [{ path, mapping: data }];
  const keys = part === "*" ? Object.keys(data) : [part];
  return keys.flatMap((key) => mappingsAt(valueOf(data, key), rest, [...path, key]));
}
