import type { CtyType } from "./cty-type";

/** One attribute of a block, with the flags that Terraform knows. */
export interface AttributeSchema {
  readonly type: CtyType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
}

/** How often a nested block may occur, and what it becomes: an array (`list`, `set`) or an object (`single`). */
export type Nesting = "list" | "set" | "single";

export interface NestedBlockSchema {
  readonly nesting: Nesting;
  /** The provider fills the block in where the configuration has none. Not part of what Terraform is told. */
  readonly computed: boolean;
  readonly minItems: number;
  /** 0 means no limit. */
  readonly maxItems: number;
  readonly block: BlockSchema;
}

/** The attributes and nested blocks of a resource, data source, provider or nested block, by their Terraform names. */
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly blocks: Readonly<Record<string, NestedBlockSchema>>;
}

/** What one provider server offers; each record maps a full type name (`azurerm_resource_group`) to its schema. */
export interface ProviderSchema {
  /** Major of the real provider that it is as; 0 for the bindings' own. */
  readonly major: number;
  /** Short name: `azurerm`. */
  readonly name: string;
  readonly provider: BlockSchema;
  readonly resources: Readonly<Record<string, BlockSchema>>;
  readonly dataSources: Readonly<Record<string, BlockSchema>>;
  readonly ephemeralResources: Readonly<Record<string, BlockSchema>>;
}

/** @returns The object type of a block's values: nested blocks become lists, sets or objects of their own type. */
export function blockType(block: BlockSchema): CtyType {
  const attributes = Object.entries(block.attributes).map(([name, { type }]): [string, CtyType] => [name, type]);
  const blocks = Object.entries(block.blocks).map(([name, { nesting, block }]): [string, CtyType] => {
    const element = blockType(block);
    return [name, nesting === "single" ? element : [nesting, element]];
  });
  return ["object", Object.fromEntries([...attributes, ...blocks])];
}
