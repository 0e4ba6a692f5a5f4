import type { CtyType } from "../../bindings";
import type { Value } from "./model";

/** The SDK's value of a type for what has none: "" and 0 and false and the empty collection. */
export function zeroOf(type: CtyType): Value {
  if (typeof type === "string") {
    return { string: "", number: 0, bool: false, dynamic: null }[type];
  }
  switch (type[0]) {
    case "list":
    case "set":
      return [];
    case "map":
      return {};
    case "tuple":
      return type[1].map(zeroOf);
    case "object":
      return Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, zeroOf(inner)]));
  }
}
