import type { Environment } from "../../config";
import { registryDomain } from "../../config/registry-hosts";
import { counted } from "../counted";
import { arrow, box, type Part } from "./box";
import type { PictureNode } from "./picture";
import { covers, originWords, registryWords, tagWords } from "./words";

export const REGISTRY = "registry";

/** Images that have a box each. */
const MOST_IMAGES = 10;
const MOST_TOKENS = 4;
const MOST_CACHES = 4;
const OTHER_IMAGES = "images-others";
const OTHER_CACHES = "caches-others";

/** The registry with its images, and with what it caches of others. */
export function registryBox({ registry, azure, images }: Environment): PictureNode {
  const entries = Object.entries(images);
  const shown = entries
    .slice(0, MOST_IMAGES)
    .map(([key, image]) =>
      box({ id: `image-${key}`, kind: "image", title: key, lines: [tagWords(image), originWords(image, registry)] }),
    );
  const others = entries.length - shown.length;
  const rules = Object.entries(registry.cacheRules ?? {});
  const caches = rules
    .slice(0, MOST_CACHES)
    .map(([key, { repository, source }]) =>
      box({ id: `cache-${key}`, kind: "cache", title: repository, lines: [`of ${source}`] }),
    );
  const otherCaches = rules.length - caches.length;
  return box({
    ...{ id: REGISTRY, kind: "registry", title: `${registry.name}.${registryDomain(azure)}` },
    lines: registryWords({ registry }),
    children: [
      ...shown,
      ...(others > 0
        ? [box({ id: OTHER_IMAGES, kind: "image", title: counted(others, "more image"), lines: [] })]
        : []),
      ...caches,
      ...(otherCaches > 0
        ? [box({ id: OTHER_CACHES, kind: "cache", title: counted(otherCaches, "more cache"), lines: [] })]
        : []),
    ],
  });
}

/** @returns Id of the box that an image is in. @param key Of the image. */
export function imageBox({ images }: Environment, key: string): string {
  return Object.keys(images).indexOf(key) < MOST_IMAGES ? `image-${key}` : OTHER_IMAGES;
}

/** @returns Id of the box of the cache that a repository belongs to; undefined where it is none of a cache. */
export function cacheBox({ registry }: Environment, repository: string): string | undefined {
  const rules = Object.entries(registry.cacheRules ?? {});
  const index = rules.findIndex(([, rule]) => covers(rule.repository, repository));
  const [key] = rules[index] ?? [];
  if (key === undefined) return undefined;
  return index < MOST_CACHES ? `cache-${key}` : OTHER_CACHES;
}

/** The tokens of the registry for somebody outside. */
export function outsideBoxes({ registry }: Environment): Part {
  const entries = Object.entries(registry.tokens ?? {});
  const others = entries.length - MOST_TOKENS;
  const nodes = entries.slice(0, MOST_TOKENS).map(([key, { name, actions, repositories, vault }]) =>
    box({
      ...{ id: `token-${key}`, kind: "outside", title: name },
      lines: [
        `${actions.join(", ")} of ${counted(repositories.length, "repository", "repositories")}`,
        `in key vault ${vault.name}`,
      ],
    }),
  );
  if (others > 0)
    nodes.push(box({ id: "tokens-others", kind: "outside", title: counted(others, "more token"), lines: [] }));
  return {
    nodes,
    flows: nodes.map(({ id }) => arrow({ from: REGISTRY, to: id, kind: "credential", label: "password" })),
  };
}
