/** What a state holds, by the addresses of resources. */
export type StateObjects = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The part of a state file that is read: https://developer.hashicorp.com/terraform/internals/json-format is for `show`, this is `state pull`. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** @param text What `terraform state pull` prints; nothing where there is no state yet. @throws {SyntaxError} For what is no JSON. */
export function parseState(text: string): StateObjects {
  const { resources = [] } = text.trim() === "" ? {} : (JSON.parse(text) as StateFile);
  return new Map(
    resources
      .filter(({ mode, instances }) => mode === "managed" && instances.length > 0)
      .map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes ?? {}]),
  );
}
