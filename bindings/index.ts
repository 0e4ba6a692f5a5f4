export { apiName, isMode, isRepeatedInApi } from "./api-names";
export type { CtyType } from "./cty-type";
export { resourceFacts, type ResourceFacts, type Suppression } from "./facts";
export { forcesReplacement } from "./forces-replacement";
export { providerSchema, type UsedTypes } from "./provider-schema";
export {
  blockType,
  type AttributeSchema,
  type BlockSchema,
  type NestedBlockSchema,
  type Nesting,
  type ProviderSchema,
} from "./schema";
