import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, loadConfiguration, type Environment } from "../config";
import { startPreview } from "./preview";
import { PreviewError } from "./preview-error";

const HELP = `Builds an image as the images stack would, and runs it on this machine as its workload would, until Ctrl-C.

npm run preview -- [image] [options]
  image                      key of the image; default: the only one
  --environment <name|file>  default: the only one in environments/
  --port <n>                 port on 127.0.0.1; default: one that is free
`;

const OPTIONS = {
  environment: { type: "string" },
  port: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parse(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      stop.abort();
    });
  }
  const projectDirectory = path.dirname(__dirname);
  const [image] = positionals;
  const container = await startPreview({
    ...{ environment: chooseEnvironment(projectDirectory, values.environment), projectDirectory },
    ...(image !== undefined && { image }),
    ...(values.port !== undefined && { port: parsePort(values.port) }),
    signal: stop.signal,
    onStep: (line) => {
      console.error(line);
    },
  });
  if (!container) return;
  console.log(`${container.address} until Ctrl-C`);
  // A pending promise alone does not keep Node alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  if (!stop.signal.aborted) await once(stop.signal, "abort");
  clearInterval(alive);
  await container.remove();
}

function parse(args: string[]) {
  try {
    const parsed = parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: true });
    if (parsed.positionals.length > 1) throw new Error(`one image at a time, got: ${parsed.positionals.join(", ")}`);
    return parsed;
  } catch (error) {
    throw new PreviewError((error as Error).message);
  }
}

function chooseEnvironment(projectDirectory: string, choice: string | undefined): Environment {
  const { environments } = loadConfiguration({
    ...{ projectDirectory, outputDirectory: "", tokenTraces: false },
    ...(choice !== undefined && { environments: [choice] }),
  });
  const [environment, second] = environments;
  if (environment && !second) return environment;
  throw new PreviewError(`name one environment: --environment ${environments.map(({ name }) => name).join("|")}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new PreviewError(`--port must be a number from 1 to 65535, got: "${text}"`);
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError || error instanceof PreviewError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
