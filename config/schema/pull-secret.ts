import * as z from "zod";
import { annotations, dnsLabel, labels } from "./common";

const NAME = "Name of the pull secret";

/** A pull secret: its name alone, or with what others look for on it. */
export const pullSecretSchema = z.union([
  dnsLabel,
  z.strictObject({
    name: dnsLabel.optional().describe(`${NAME}.`),
    labels: labels.default({}).describe("Labels of the secret."),
    annotations: annotations.default({}).describe("Annotations of the secret, for a reflector for one."),
    adopt: z
      .boolean()
      .optional()
      .describe(
        "The secret was made by hand, and is to be managed here: the next apply imports it and puts the new password in. " +
          "Default: false.",
      ),
  }),
]);
