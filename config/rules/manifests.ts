import { suggestion } from "../problem";
import type { Finding, Rule, RuleContext } from "./rule";

const place: Rule = {
  id: "manifests-path",
  about: "manifests.<key>.path",
  message: "{fault}",
  check: (context) => found(context, "path"),
};

const names: Rule = {
  id: "manifests-image-name",
  about: "manifests.<key>.images.<name>",
  message: "{fault}",
  check: (context) => found(context, "images"),
};

const image: Rule = {
  id: "image-of-manifests",
  about: "manifests.<key>.images.<name>",
  message: "must be a key of images",
  check: ({ written, data }) =>
    Object.entries(written.manifests).flatMap(([key, { images }]) =>
      Object.entries(images).flatMap(([name, wanted]) => {
        const known = Object.keys((data as { images?: object }).images ?? {});
        return known.includes(wanted)
          ? []
          : [{ path: ["manifests", key, "images", name], suggestion: suggestion(wanted, known) }];
      }),
    ),
};

export const manifestRules = [place, names, image];

/** What reading an entry has found wrong with what the file says of it. */
function found({ manifests }: RuleContext, about: string): Finding[] {
  return [...manifests].flatMap(([key, { problems }]) =>
    problems
      .filter(({ path }) => path[0] === about)
      .map(({ path, rule, ...rest }) => ({ ...rest, path: ["manifests", key, ...path], values: { fault: rule } })),
  );
}
