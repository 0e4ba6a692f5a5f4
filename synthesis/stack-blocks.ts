export type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** The part of a stack's Terraform JSON that says what an apply does. */
export interface StackBlocks {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly removed?: readonly { readonly from: string }[];
  readonly import?: readonly { readonly to: string }[];
  readonly terraform?: { readonly backend?: Block; readonly cloud?: Block };
}

/** @returns No block where the text is no JSON: a file that somebody has broken is replaced like any other. */
export function parseStack(text: string): StackBlocks {
  try {
    return JSON.parse(text) as StackBlocks;
  } catch {
    return {};
  }
}

/** The resources of a stack, by their addresses. */
export function resourcesOf({ resource = {} }: StackBlocks): Map<string, Block> {
  return new Map(
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block] as const),
    ),
  );
}

/** The type in an address. */
export function typeOf(address: string): string {
  return address.split(".", 1)[0] ?? "";
}

/** The values at a dotted path; lists on the way are gone through. */
export function valuesAt(value: unknown, path: string): unknown[] {
  return path.split(".").reduce<unknown[]>(
    (values, key) =>
      values.flatMap((one) => {
        const items: unknown[] = Array.isArray(one) ? one : [one];
        return items.flatMap((item) => {
          const inner = typeof item === "object" && item !== null ? (item as Block)[key] : undefined;
          return inner === undefined ? [] : [inner];
        });
      }),
    [value],
  );
}
