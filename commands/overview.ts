import { Command } from "commander";
import { version } from "../package.json";
import commands from "./commands.json";
import { run } from "./command-line";

// What `acr-pull` says where no command is named: which there are, or which was meant.
const overview = new Command("acr-pull")
  .version(version)
  .usage("<command> [options]")
  .description(
    "Pull private images from an Azure Container Registry into Kubernetes clusters that it is not attached to.",
  );
for (const [name, summary] of Object.entries(commands)) overview.command(name).description(summary);
overview.addHelpText(
  "after",
  `
Exit codes: 0 fine, 1 something is wrong with your input or was found, 2 misuse of the command line, 70 a fault of acr-pull.
acr-pull <command> --help tells the options of a command.`,
);

void run(overview);
