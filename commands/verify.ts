import { verifyIssued } from "../live/verify/issued";
import { verify } from "../live/verify/verify";
import { command, numberFrom, parsedBy, run, settingsOf } from "./command-line";
import { reportLive, withLiveOptions, type LiveOptions } from "./live";

interface Options extends LiveOptions {
  readonly issued?: true;
  readonly probe?: true;
  readonly wait?: number;
}

const program = withLiveOptions(command("verify"))
  .option("--issued", "before a rollout: only what identity stacks have given, from their states")
  .option("--probe", "start a pod in each namespace that pulls from a node, and take it away again")
  .option(
    "--wait <seconds>",
    "for rollouts that are not done, and passwords that are not known yet, 0 to 3600; default: 0",
    parsedBy(numberFrom(0, 3600, "number of seconds")),
  )
  .action(({ issued, probe, wait = 0, ...options }: Options) =>
    reportLive(options, (environment, live, findings) =>
      issued
        ? verifyIssued(environment, live, findings, { outputDirectory: settingsOf(options).outputDirectory, wait })
        : verify(environment, live, findings, { probe: probe === true, wait }),
    ),
  );

void run(program);
