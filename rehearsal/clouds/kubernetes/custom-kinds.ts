import type { Json, NewObject } from "./api-object";
import type { Kind } from "./kinds";
import type { StructuralSchema } from "./structural-schema";

/** A kind that a CustomResourceDefinition defines, in one version. */
export interface CustomKind extends Kind {
  /** Of the whole object. @default - nobody here knows it: everything is taken as it comes */
  readonly schema?: StructuralSchema | undefined;
}

export interface CustomResourceDefinition extends NewObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly scope: string;
    readonly versions: readonly {
      readonly name: string;
      readonly served?: boolean;
      readonly schema?: { readonly openAPIV3Schema?: StructuralSchema };
    }[];
  };
}

/** @returns The kind in each version that is served. */
export function kindsOf({ spec: { group, names, scope, versions } }: CustomResourceDefinition): CustomKind[] {
  return versions
    .filter(({ served = true }) => served)
    .map(({ name, schema }) => ({
      kind: names.kind,
      apiVersion: `${group}/${name}`,
      plural: `${names.plural}.${group}`,
      isNamespaced: scope === "Namespaced",
      hasGeneration: true,
      schema: schema?.openAPIV3Schema,
    }));
}

/**
 * The definition of a kind that somebody else has installed.
 *
 * @param spec What such an object's `spec` may hold. @default - nobody here knows it: everything is taken as it comes
 */
export function definitionOf(
  apiVersion: string,
  kind: string,
  isNamespaced: boolean,
  spec?: StructuralSchema,
): CustomResourceDefinition {
  const [group = "", version = ""] = apiVersion.split("/");
  const plural = `${kind.toLowerCase()}s`;
  return {
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural },
      scope: isNamespaced ? "Namespaced" : "Cluster",
      versions: [
        { name: version, ...(spec && { schema: { openAPIV3Schema: { type: "object", properties: { spec } } } }) },
      ],
    },
  };
}

/** A custom resource: what it holds, its definition says. */
export interface CustomResource extends NewObject {
  readonly spec?: Json;
  readonly status?: Json;
}
