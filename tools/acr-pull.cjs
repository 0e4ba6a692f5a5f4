#!/usr/bin/env node
// The command line, `acr-pull <command>`. Every command is a program of its own, so that none loads the code of another.
const path = require("node:path");
const commands = require("../commands/commands.json");

const isCommand = (name) => Object.hasOwn(commands, name ?? "");
let [first, second] = process.argv.slice(2);
if (first === "help" && isCommand(second)) {
  process.argv.splice(2, 2, second, "--help");
  [first] = process.argv.slice(2);
}
const program = path.join(path.dirname(__dirname), "commands", `${isCommand(first) ? first : "overview"}.ts`);
// run.cjs takes the program off again: what is left are its arguments.
process.argv.splice(2, isCommand(first) ? 1 : 0, program);
require("./run.cjs");
