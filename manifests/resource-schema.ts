import { providerSchema, type BlockSchema } from "../bindings";

/** The schema of a resource of the kubernetes provider. @param type `kubernetes_deployment_v1`. */
export function schemaOf(type: string): BlockSchema {
  const schema = providerSchema("kubernetes", { resources: [type] }).resources[type];
  if (!schema) throw new Error(`no schema of ${type}`);
  return schema;
}
