import { CloudError, type Attributes, type Value } from "./model";
import type { BlockSchema } from "../../bindings";
import { asArray, asObject } from "./shape";

/**
 * Checks what Terraform leaves to providers: a configuration may not set what only the provider decides. All else that
 * a schema rules (types, required attributes, numbers of blocks) Terraform has checked by then.
 * @throws CloudError in the words of the provider SDK, naming the first such attribute.
 */
export function refuseComputed(schema: BlockSchema, config: Attributes): void {
  for (const [name, { required, optional }] of Object.entries(schema.attributes)) {
    if (!required && !optional && (config[name] ?? null) !== null) {
      throw new CloudError(
        `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`,
      );
    }
  }
  for (const [name, { nesting, block }] of Object.entries(schema.blocks)) {
    const elements: readonly (Value | undefined)[] = nesting === "single" ? [config[name]] : asArray(config[name]);
    for (const element of elements) {
      refuseComputed(block, asObject(element) ?? {});
    }
  }
}
