import * as z from "zod";
import { labels, reference } from "./common";

/** Which clusters something is on: a list of keys, or a selector of labels. */
export const clusterChoice = z.union([
  z.array(reference).min(1, "must list at least one cluster"),
  z.strictObject({
    matchLabels: labels.describe("Labels that a cluster must have, all of them. {}: any cluster."),
  }),
]);
