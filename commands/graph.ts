import { Option } from "commander";
import { loadConfiguration } from "../config";
import { GRAPH_FORMATS, graphOf, type GraphFormat } from "../pictures/graph/graph";
import { command, run, settingsOf, warn, withSelection, type Selection } from "./command-line";
import { deliver, withOutput, type OutputChoice } from "./output";

interface Options extends Selection, OutputChoice {
  readonly format: GraphFormat;
}

const graph = withOutput(withSelection(command("graph")))
  .addOption(
    new Option("--format <format>", "svg and mermaid draw one environment").choices(GRAPH_FORMATS).default("svg"),
  )
  .action(async ({ format, ...options }: Options) => {
    const { environments, warnings } = loadConfiguration(settingsOf(options));
    warn(warnings);
    deliver(await graphOf(environments, format), options);
  });

void run(graph);
