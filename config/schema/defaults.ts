import * as z from "zod";
import { clusterSchema } from "./clusters";
import { imageSchema } from "./images";
import { manifestsSchema } from "./manifests";
import { namespaceSchema } from "./namespaces";
import { partial } from "./partial";
import { workloadSchema } from "./workloads";

/** Schema of the entries of each map whose entries may share settings. */
const ENTRIES = {
  images: imageSchema,
  clusters: clusterSchema,
  namespaces: namespaceSchema,
  workloads: workloadSchema,
  manifests: manifestsSchema,
};

export type Section = keyof typeof ENTRIES;
export const SECTIONS = Object.keys(ENTRIES) as Section[];

/** What the entries of a map share. How it is merged: config/defaults.ts. */
export const defaultsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(ENTRIES).map(([section, entry]) => [
      section,
      // Few files have defaults, and every start would make the schemas of all of them.
      z
        .lazy(() => partial(entry))
        .optional()
        .describe(`Under every entry of ${section}: keys of \`${section}.<key>\`, none required.`),
    ]),
  ),
);
