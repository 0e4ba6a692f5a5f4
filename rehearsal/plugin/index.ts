export * from "./model";
export { providerSchema, type UsedTypes } from "./provider-schema";
export type { AttributeSchema, BlockSchema, NestedBlockSchema, ProviderSchema } from "./schema";
export { reattachEnvironment, startProvider, type ProviderOptions, type ProviderServer } from "./server";
