import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../config";
import { compareStates, Rehearsal, type StateResource } from "../rehearsal";

const USAGE = `Compares states that real providers left with those of a rehearsal, in kind.

node tools/run.cjs tools/compare-states.ts <folder> <environment file> [<environment file> …]
  <folder>  one <stack>.json a stack: a list of { address, values } as terraform show -json has them
`;

/** Prints every difference; exit code 1 where there is one, 2 for misuse. */
async function main([folder, ...files]: readonly string[]): Promise<number> {
  if (folder === undefined || files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const projectDirectory = path.dirname(__dirname);
  let resources = 0;
  const differing = new Set<string>();
  for (const file of files) {
    const settings = { projectDirectory, outputDirectory: "", tokenTraces: false, environments: [file] };
    for (const environment of loadConfiguration(settings).environments) {
      const rehearsal = new Rehearsal({ environment, projectDirectory });
      try {
        await rehearsal.deploy();
        for (const stack of rehearsal.stacks) {
          const real = path.join(folder, `${stack.name}.json`);
          if (!fs.existsSync(real)) continue;
          const states = JSON.parse(fs.readFileSync(real, "utf8")) as StateResource[];
          resources += states.length;
          for (const { address, path: place, ...kinds } of compareStates(states, await stack.state())) {
            differing.add(`${stack.name} ${address}`);
            console.log(`${stack.name} ${address} ${place}: ${kinds.real} really, ${kinds.rehearsed} in the rehearsal`);
          }
        }
      } finally {
        rehearsal.close();
      }
    }
  }
  console.log(`${resources - differing.size} of ${resources} resources are equal in kind`);
  return differing.size === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    throw error;
  },
);
