import { folderOf } from "../folder";
import { isText } from "../text";
import { entriesOf, type Rule } from "./rule";

/** Lists in which an item stands once, by the map of their entries. */
const LISTS = {
  workloads: ["clusters", "allowedSources", "writablePaths"],
  namespaces: ["clusters", "serviceAccounts", "repositories"],
} as const;

const listedTwice: Rule = {
  id: "listed-twice",
  about: Object.entries(LISTS)
    .flatMap(([section, keys]) => keys.map((key) => `${section}.<key>.${key}`))
    .join(", "),
  message: "is listed twice",
  check: ({ draft }) =>
    (["workloads", "namespaces"] as const).flatMap((section) =>
      entriesOf<Readonly<Record<string, unknown>>>(draft[section]).flatMap(([key, entry]) =>
        LISTS[section].flatMap((list) =>
          repeatedIn(entry[list]).map((index) => ({ path: [section, key, list, index] })),
        ),
      ),
    ),
};

export const listRules = [listedTwice];

/** Indexes of the items that stand in a list before. */
function repeatedIn(items: unknown): number[] {
  if (!Array.isArray(items)) return [];
  const seen = new Set<unknown>();
  return items.flatMap((item: unknown, index) => {
    // The same folder by two paths is one volume too many.
    const value = isText(item) ? folderOf(item.text) : item;
    const isRepeated = value !== undefined && seen.has(value);
    seen.add(value);
    return isRepeated ? [index] : [];
  });
}
