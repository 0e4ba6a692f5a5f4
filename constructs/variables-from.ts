import type { Variables, VariableSource } from "../config/environment";
import { isText, type Text } from "../config/text";

/**
 * Variables with the names of what is made here as references, so that pods wait for it.
 *
 * @param nameOf Undefined for what somebody else makes.
 */
export function variablesFrom(
  env: Variables,
  nameOf: (kind: "Secret" | "ConfigMap", name: string) => string | undefined,
): Variables {
  return Object.fromEntries(
    Object.entries(env).map(([variable, value]): [string, Text | VariableSource] => {
      if (isText(value)) return [variable, value];
      const name = nameOf(value.kind === "secret" ? "Secret" : "ConfigMap", value.name) ?? value.name;
      return [variable, { ...value, name }];
    }),
  );
}
