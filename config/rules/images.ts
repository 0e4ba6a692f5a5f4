import { entriesOf, type Rule } from "./rule";

const tagOfBuild: Rule = {
  id: "tag-of-build",
  about: "images.<key>.tag",
  message: "is required to push a built image",
  check: ({ draft }) =>
    entriesOf(draft.images)
      .filter(([, image]) => image.build && !("prebuilt" in image) && !("tag" in image))
      .map(([key]) => ({ path: ["images", key, "tag"] })),
};

const latest: Rule = {
  id: "latest",
  about: "images.<key>.tag",
  message: "must name a version; set allowLatest: true to accept latest",
  check: ({ draft }) =>
    entriesOf(draft.images)
      .filter(([, { tag, allowLatest }]) => tag === "latest" && allowLatest === false)
      .map(([key]) => ({ path: ["images", key, "tag"] })),
};

export const imageRules = [tagOfBuild, latest];
