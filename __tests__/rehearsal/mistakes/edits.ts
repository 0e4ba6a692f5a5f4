/** Changes the JSON of a stack. */
export type Edit = (json: string) => string;

type Node = Record<string, unknown>;

/**
 * Writes a value.
 * @param path Keys with slashes between them. A star stands for the first key there, most often the only one.
 */
export function set(path: string, value: unknown): Edit {
  return rewrite(path, () => value);
}

export function remove(path: string): Edit {
  return edit(path, (parent, key) => {
    if (!(key in parent)) throw new Error(`there is no ${path}`);
    parent[key] = undefined;
  });
}

/** Makes a new value of the one that is there. */
export function rewrite(path: string, change: (value: string) => unknown): Edit {
  return edit(path, (parent, key) => {
    const before = parent[key];
    const after = change(typeof before === "string" ? before : "");
    if (after === before) throw new Error(`nothing to change in ${path}: ${JSON.stringify(before)}`);
    parent[key] = after;
  });
}

/** One edit after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (json) => edits.reduce((text, next) => next(text), json);
}

function edit(path: string, change: (parent: Node, key: string) => void): Edit {
  return (json) => {
    const root = JSON.parse(json) as Node;
    const keys = path.split("/");
    let parent = root;
    for (const key of keys.slice(0, -1)) parent = parent[existing(parent, key, path)] as Node;
    const last = keys.at(-1) ?? "";
    change(parent, last === "*" ? existing(parent, last, path) : last);
    return JSON.stringify(root, null, 2);
  };
}

function existing(parent: Node, key: string, path: string): string {
  const found = key === "*" ? Object.keys(parent)[0] : key;
  if (found === undefined || typeof parent[found] !== "object")
    throw new Error(`there is no ${key} on the way to ${path}`);
  return found;
}
