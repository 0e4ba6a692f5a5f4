import { Option, type Command } from "commander";
import type { StackSelection } from "../synthesis/selection";
import { parseShard, type Shard } from "../config/shard";
import { KINDS } from "../synthesis/stacks-of";
import { collectNames, collectedBy, parsedBy } from "./command-line";

/** Choices of stacks in the output folder. */
export interface StackChoices {
  readonly environment?: readonly string[];
  readonly cluster?: readonly string[];
  readonly kind?: readonly string[];
  readonly shared?: true;
  readonly shard?: Shard;
}

export function withStackChoices(to: Command): Command {
  return to
    .option("--environment <name>", "only of these environments, also several times or with commas", collectNames)
    .option("--cluster <key>", "only of these clusters, without the stacks that clusters share", collectNames)
    .addOption(
      new Option("--kind <kind>", "only of these kinds, also several times")
        .choices(KINDS)
        .argParser(collectedBy(String)),
    )
    .option("--shared", "only what all clusters share: registry, images and the like")
    .option("--shard <i/n>", "only the clusters of one part, such as 2/8: see acr-pull matrix", parsedBy(parseShard));
}

export function selectionOf({ environment, cluster, kind, shared, shard }: StackChoices): StackSelection {
  return {
    ...(environment && { environments: environment }),
    ...(cluster && { clusters: cluster }),
    ...(kind && { kinds: kind }),
    ...(shared && { shared }),
    ...(shard && { shard }),
  };
}
