import { verify } from "../live/verify/verify";
import { command, parsedBy, run } from "./command-line";
import { reportLive, withLiveOptions, type LiveOptions } from "./live";

interface Options extends LiveOptions {
  readonly probe?: true;
  readonly wait?: number;
}

const program = withLiveOptions(command("verify"))
  .option("--probe", "start a pod in each namespace that pulls from a node, and take it away again")
  .option("--wait <seconds>", "for rollouts that are not done yet, 0 to 3600; default: 0", parsedBy(parseSeconds))
  .action(({ probe, wait = 0, ...options }: Options) =>
    reportLive(options, (environment, live, findings) =>
      verify(environment, live, findings, { probe: probe === true, wait }),
    ),
  );

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds <= 3600) return seconds;
  throw new Error(`It must be a number of seconds from 0 to 3600, got: "${text}"`);
}

void run(program);
