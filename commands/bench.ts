import { Argument } from "commander";
import { SECTIONS, bench } from "../tools/bench";
import { command, projectDirectory, run } from "./command-line";

const program = command("bench")
  .addArgument(new Argument("[section...]", "what to measure; default: all").choices(SECTIONS))
  .action(async (sections: readonly string[]) => {
    process.chdir(projectDirectory());
    await bench(sections);
  });

void run(program);
