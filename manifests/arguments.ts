import type { Text, TextMap } from "../config/text";

/**
 * What a resource is given, as data: it passes through slices as JSON. Text of a manifest is {@link Text}, and so are the keys of
 * maps, so that nothing in it is an expression before `literal` has made it a string.
 */
export type Argument =
  /** In a list that has no schema. */
  | null
  | boolean
  | number
  | Text
  | { readonly map: TextMap }
  | { readonly list: readonly Argument[] }
  | { readonly block: Arguments }
  | { readonly image: ManifestImage }
  /** The name of a namespace, as a reference where it is made here. */
  | { readonly namespace: string }
  /** A block with the name of the pull secret; none where pods need none. */
  | { readonly pullSecret: true }
  /** Any value, for what has no schema: keys of `any` are text. */
  | { readonly any: readonly (readonly [key: Text, value: Argument])[] };

/** Arguments and blocks by their names in Terraform. */
export type Arguments = Readonly<Record<string, Argument>>;

/** An image in the environment's own registry. */
export type ManifestImage =
  /** Key of one of the file's images. */
  | { readonly kind: "known"; readonly key: string }
  /** Another one, and what follows its repository: a tag, a digest or nothing. */
  | { readonly kind: "other"; readonly repository: string; readonly rest: string };
