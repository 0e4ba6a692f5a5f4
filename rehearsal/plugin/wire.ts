import { CloudError } from "../sdk/model";
import type { Step } from "../sdk/replace";
import type { BlockSchema, ProviderSchema } from "../../bindings";

/** A value as it crosses the wire; protocol.ts has the messages around it. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

/** The fields of every request: each call reads its own, as protocol.ts lists them. */
export interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly current_state: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
  readonly source_state: { readonly json: Uint8Array };
  readonly source_type_name: string;
  readonly target_type_name: string;
}

export interface Diagnostic {
  readonly severity: "ERROR";
  readonly summary: string;
  readonly detail: string;
}

/**
 * A cloud's error is said in its own words: its first paragraph is the summary. Anything else is a fault in a model or in this server: Terraform then
 * prints where, and the stack.
 */
export function diagnostic(error: unknown, where: string): Diagnostic {
  if (error instanceof CloudError) {
    const [summary = "", ...detail] = error.message.split("\n\n");
    return { severity: "ERROR", summary, detail: detail.join("\n\n") };
  }
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { severity: "ERROR", summary: `${where}: ${message}`, detail: stack };
}

export function pathMessage(steps: readonly Step[]): object {
  return {
    steps: steps.map((step) => (typeof step === "string" ? { attribute_name: step } : { element_key_int: step })),
  };
}

export function schemaMessage(schema: ProviderSchema): object {
  return {
    provider: { block: blockMessage(schema.provider) },
    resource_schemas: blockMessages(schema.resources),
    data_source_schemas: blockMessages(schema.dataSources),
    ephemeral_resource_schemas: blockMessages(schema.ephemeralResources),
    server_capabilities: { move_resource_state: true },
  };
}

function blockMessages(blocks: Readonly<Record<string, BlockSchema>>): object {
  return Object.fromEntries(Object.entries(blocks).map(([type, block]) => [type, { block: blockMessage(block) }]));
}

function blockMessage({ attributes, blocks }: BlockSchema): object {
  return {
    attributes: Object.entries(attributes).map(([name, { type, writeOnly, ...flags }]) => ({
      ...{ name, type: Buffer.from(JSON.stringify(type)), write_only: writeOnly },
      ...flags,
    })),
    block_types: Object.entries(blocks).map(([name, { nesting, minItems, maxItems, block }]) => ({
      ...{ type_name: name, nesting: nesting.toUpperCase(), min_items: minItems, max_items: maxItems },
      block: blockMessage(block),
    })),
  };
}
