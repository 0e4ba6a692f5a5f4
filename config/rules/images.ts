import { entriesOf, type Finding, type Rule } from "./rule";

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

/** Hosts of registries: the first part of what `docker pull` takes, and no part of a repository in one. */
const HOST =
  /^([\w-]+\.azurecr\.(io|us|cn)|docker\.io|ghcr\.io|quay\.io|gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com)$/;

const host: Rule = {
  id: "host-in-repository",
  about: "images.<key>.repository",
  message: "must be without the host of a registry: images are in the environment's own",
  check: ({ draft }) =>
    entriesOf(draft.images).flatMap(([key, { repository = "" }]) => {
      const [first = "", ...rest] = repository.split("/");
      if (rest.length === 0 || !HOST.test(first)) return [];
      return [{ path: ["images", key, "repository"], suggestion: `; did you mean "${rest.join("/")}"?` }];
    }),
};

const purged: Rule = {
  id: "purged-manifest",
  about: "images.<key>.tag, images.<key>.prebuilt",
  message: "may be purged while it runs: registry.retentionDays = {days} deletes manifests without a tag, and {why}",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy",
  warns: true,
  check: ({ environment: { registry, images } }) => {
    const days = registry?.kind === "created" ? registry.retentionDays : undefined;
    if (days === undefined) return [];
    return Object.entries(images).flatMap(([key, { origin, byName }]): Finding[] => {
      // A cache gets it again.
      if (byName) return [];
      if (origin.kind === "prebuilt") {
        const values = { days, why: "nobody says that this one has one" };
        return origin.tag === undefined ? [{ path: ["images", key, "prebuilt"], values, showValue: false }] : [];
      }
      const values = { days, why: "the next push takes this one away" };
      return origin.tag === "latest" ? [{ path: ["images", key, "tag"], values, showValue: false }] : [];
    });
  },
};

const pin: Rule = {
  id: "pin-of-tag",
  about: "images.<key>.pin",
  message: "must be left out: the image is not known by its tag alone",
  check: ({ draft }) =>
    entriesOf(draft.images)
      .filter(([, image]) => image.pin !== undefined && (image.build ?? image.prebuilt) !== undefined)
      .map(([key]) => ({ path: ["images", key, "pin"] })),
};

export const imageRules = [tagOfBuild, latest, host, purged, pin];
