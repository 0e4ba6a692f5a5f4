import { readBinding } from "./binding";
import { deriveSchema } from "./derive";
import { providerFacts, resourceFacts } from "./facts";
import type { BlockSchema, ProviderSchema } from "./schema";
import { fromFacts, withFacts } from "./schema-facts";

/** The types that a configuration uses: full names, such as `azurerm_resource_group`. */
export interface UsedTypes {
  readonly resources?: readonly string[];
  readonly dataSources?: readonly string[];
  readonly ephemeralResources?: readonly string[];
  /** Major of the provider that is meant. @default - the bindings' own */
  readonly major?: number;
}

/** Deriving is pure and not free (a Deployment has 600 structs), and every server of a process asks for the same types. */
const derived = new Map<string, BlockSchema>();

/**
 * Derives what a provider server offers from the installed bindings and the facts: the types asked for, and the provider's own block.
 * @param provider Short name: `azurerm`.
 * @throws Error where a type has no binding, or is an ephemeral resource that the facts do not have.
 */
export function providerSchema(provider: string, used: UsedTypes): ProviderSchema {
  const { major = 0 } = used;
  const folderOf = (type: string): string => type.replace(`${provider}_`, "").replaceAll("_", "-");
  return {
    name: provider,
    major,
    provider: schemaOf(provider, major, "provider", `provider.${provider}`),
    resources: byType(used.resources, (type) => schemaOf(provider, major, folderOf(type), type)),
    dataSources: byType(used.dataSources, (type) =>
      schemaOf(provider, major, `data-${provider}-${folderOf(type)}`, `data.${type}`),
    ),
    ephemeralResources: byType(used.ephemeralResources, (type) => ephemeralSchema(provider, type)),
  };
}

function byType(types: readonly string[] = [], schema: (type: string) => BlockSchema): Record<string, BlockSchema> {
  return Object.fromEntries(types.map((type) => [type, schema(type)]));
}

function schemaOf(provider: string, major: number, folder: string, path: string): BlockSchema {
  const key = `${path} ${major}`;
  const known = derived.get(key);
  if (known !== undefined) return known;
  const filledIn = (resourceFacts(path, major)?.filledIn ?? []).map((block) => `${path}.${block}`);
  const binding = deriveSchema(readBinding(provider, folder), path);
  const schema = withFacts(binding, path, providerFacts(provider, major)?.schema ?? {}, new Set(filledIn));
  derived.set(key, schema);
  return schema;
}

/** cdktf generates no bindings for ephemeral resources. */
function ephemeralSchema(provider: string, type: string): BlockSchema {
  const known = providerFacts(provider)?.ephemeralResources ?? {};
  const schema = known[type];
  if (schema !== undefined) return fromFacts(schema);
  throw new Error(`ephemeral.${type} has no schema, known: ${Object.keys(known).join(", ")}`);
}
