import { once } from "node:events";
import { loadConfiguration, type Environment } from "../config";
import { UserError } from "../config/user-error";
import { startPreview } from "../preview/preview";
import { command, numberFrom, parsedBy, run, settingsOf, type Selection } from "./command-line";

const preview = command("preview")
  .argument("[image]", "key of the image; default: the only one")
  .option("--environment <name|file>", "default: $ENVIRONMENTS, or else the only one in environments/", (text) => [
    text,
  ])
  .option("--port <n>", "port on 127.0.0.1; default: one that is free", parsedBy(numberFrom(1, 65535)))
  .action(async (image: string | undefined, { port, ...selection }: Selection & { readonly port?: number }) => {
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        stop.abort();
      });
    }
    const settings = settingsOf(selection);
    const container = await startPreview({
      ...{
        environment: onlyOne(loadConfiguration(settings).environments),
        projectDirectory: settings.projectDirectory,
      },
      ...(image !== undefined && { image }),
      ...(port !== undefined && { port }),
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
  });

function onlyOne(environments: readonly Environment[]): Environment {
  const [environment, second] = environments;
  if (environment && !second) return environment;
  throw new UserError(`name one environment: --environment ${environments.map(({ name }) => name).join("|")}`);
}

void run(preview);
