import { readBinding } from "./binding";
import { deriveSchema } from "./derive";
import type { AttributeSchema, BlockSchema, ProviderSchema } from "./schema";

/** The types that a configuration uses: full names, such as `azurerm_resource_group`. */
export interface UsedTypes {
  readonly resources?: readonly string[];
  readonly dataSources?: readonly string[];
  readonly ephemeralResources?: readonly string[];
}

/** Deriving is pure and not free (a Deployment has 600 structs), and every server of a process asks for the same types. */
const derived = new Map<string, BlockSchema>();

/**
 * Derives what a provider server offers from the installed bindings: the types asked for, and the provider's own block.
 * @param provider Short name: `azurerm`.
 * @throws Error where a type has no binding, or is an ephemeral resource that is not listed here.
 */
export function providerSchema(provider: string, used: UsedTypes): ProviderSchema {
  const folderOf = (type: string): string => type.replace(`${provider}_`, "").replaceAll("_", "-");
  return {
    name: provider,
    provider: schemaOf(provider, "provider", `provider.${provider}`),
    resources: byType(used.resources, (type) => schemaOf(provider, folderOf(type), type)),
    dataSources: byType(used.dataSources, (type) =>
      schemaOf(provider, `data-${provider}-${folderOf(type)}`, `data.${type}`),
    ),
    ephemeralResources: byType(used.ephemeralResources, ephemeralSchema),
  };
}

function byType(types: readonly string[] = [], schema: (type: string) => BlockSchema): Record<string, BlockSchema> {
  return Object.fromEntries(types.map((type) => [type, schema(type)]));
}

function schemaOf(provider: string, folder: string, path: string): BlockSchema {
  const schema = derived.get(path) ?? deriveSchema(readBinding(provider, folder), path);
  derived.set(path, schema);
  return schema;
}

const attribute = (flags: Partial<AttributeSchema>): AttributeSchema => ({
  ...{ type: "string", required: false, optional: false, computed: false, sensitive: false, writeOnly: false },
  ...flags,
});

/** cdktf generates no bindings for ephemeral resources, so those in use are written down here. */
const EPHEMERAL: Readonly<Record<string, BlockSchema>> = {
  azurerm_key_vault_secret: {
    attributes: {
      name: attribute({ required: true }),
      key_vault_id: attribute({ required: true }),
      version: attribute({ optional: true, computed: true }),
      expiration_date: attribute({ computed: true }),
      not_before_date: attribute({ computed: true }),
      value: attribute({ computed: true }),
    },
    blocks: {},
  },
};

function ephemeralSchema(type: string): BlockSchema {
  const schema = EPHEMERAL[type];
  if (schema === undefined) {
    throw new Error(`ephemeral.${type} has no schema, known: ${Object.keys(EPHEMERAL).join(", ")}`);
  }
  return schema;
}
