import type { Draft } from "../parse";
import type { Path } from "../problem";
import { keysOf } from "../text";
import type { Finding, Rule, RuleContext } from "./rule";

const LIMITS = "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations";

/** Of one resource. */
const MOST_TAGS = 50;

const count: Rule = {
  id: "number-of-tags",
  about: "tags, registry.tags",
  message: `must be at most ${MOST_TAGS} tags on a resource, and are {count}`,
  source: LIMITS,
  check: (context) =>
    resources(context).flatMap(({ path, tags }): Finding[] => {
      const names = new Set(tags.map(({ name }) => name));
      return names.size > MOST_TAGS ? [{ path, values: { count: names.size }, atKey: true }] : [];
    }),
};

const twice: Rule = {
  id: "tag-twice",
  about: "tags.<key>, registry.tags.<key>",
  message: "is the tag {other} in other letters: Azure takes them for one",
  source: LIMITS,
  check: (context) =>
    resources(context).flatMap(({ tags }) => {
      const first = new Map<string, string>();
      return tags.flatMap(({ name, path }): Finding[] => {
        const other = first.get(name.toLowerCase()) ?? name;
        first.set(name.toLowerCase(), other);
        return other === name ? [] : [{ path, values: { other }, atKey: true }];
      });
    }),
};

const space: Rule = {
  id: "space-around-tag",
  about: "tags.<key>, registry.tags.<key>",
  message: "must not begin or end with a space",
  check: ({ draft }) =>
    [...tagsAt(["tags"], draft.tags), ...tagsAt(["registry", "tags"], draft.registry?.tags)]
      .filter(({ name }) => name.trim() !== name)
      .map(({ path }) => ({ path, atKey: true })),
};

export const tagRules = [count, twice, space];

type Tags = Draft["tags"];
interface Tag {
  readonly name: string;
  readonly path: Path;
}

/** Tags of all resources but the registry, and of the registry: its own are over the environment's. */
function resources({ draft }: RuleContext): { path: Path; tags: Tag[] }[] {
  const shared = tagsAt(["tags"], draft.tags);
  const own = tagsAt(["registry", "tags"], draft.registry?.tags);
  const registry = { path: ["registry", "tags"], tags: [...shared, ...own] };
  return [{ path: ["tags"], tags: shared }, ...(own.length > 0 ? [registry] : [])];
}

function tagsAt(place: Path, tags: Tags): Tag[] {
  return tags ? keysOf(tags).map((name) => ({ name, path: [...place, name] })) : [];
}
