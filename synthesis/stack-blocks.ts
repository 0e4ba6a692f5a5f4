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
  let values: unknown[] = [value];
  for (const key of path.split(".")) {
    const inner: unknown[] = [];
    for (const one of values) {
      for (const item of Array.isArray(one) ? (one as unknown[]) : [one]) {
        const at = typeof item === "object" && item !== null ? (item as Block)[key] : undefined;
        if (at !== undefined) inner.push(at);
      }
    }
    if (inner.length === 0) return [];
    values = inner;
  }
  return values;
}
