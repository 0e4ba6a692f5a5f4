import type { Environment } from "../config";
import { buildArguments } from "./build-arguments";
import { Container } from "./container";
import { docker, DockerFailure } from "./docker";
import { freePort } from "./port";
import { UserError } from "../config/user-error";
import { chooseImage, readImage, withStacks } from "./previewed-image";
import { programArguments, runArguments } from "./run-arguments";

export interface PreviewOptions {
  readonly environment: Environment;
  /** Folder that build contexts are relative to. */
  readonly projectDirectory: string;
  /** Key of the image. @default - the only one that is built */
  readonly image?: string;
  /** Port on 127.0.0.1. @default - any that is free */
  readonly port?: number;
  /** Gives up what has begun. */
  readonly signal: AbortSignal;
  /** Gets a line before each step that takes a while. */
  readonly onStep: (line: string) => void;
}

/**
 * Builds an image as the images stack would and runs it as its workload would, on this machine. The image stays, so that
 * the next build is quick.
 *
 * @returns The container, which answers, or undefined where it was given up.
 * @throws {UserError} With one line that says why not, and the output of what failed.
 */
export async function startPreview(options: PreviewOptions): Promise<Container | undefined> {
  const { environment, projectDirectory, signal, onStep } = options;
  const key = chooseImage(environment, options.image);
  const localPort = await freePort(options.port);
  await assertEngine();
  return withStacks(environment, projectDirectory, async (stacks) => {
    const { build, pod } = readImage(environment, stacks, key);
    const image = `acr-pull-preview/${environment.name}/${key}`;
    try {
      onStep(`building ${key} of environment ${environment.name}`);
      await docker(buildArguments(image, build), { signal });
      onStep("starting");
      const [{ port, readiness_probe: probe }] = pod.container;
      const container = await Container.start({
        ...{ image, options: runArguments(pod), args: programArguments(pod), port: port[0].container_port, localPort },
      });
      try {
        await container.untilItAnswers(probe.http_get?.path ?? "/", signal);
        if (!signal.aborted) return container;
      } catch (error) {
        await container.remove();
        throw error;
      }
      await container.remove();
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error instanceof DockerFailure ? new UserError(error.message) : error;
    }
    return undefined;
  });
}

async function assertEngine(): Promise<void> {
  try {
    await docker(["version", "--format", "{{.Server.Version}}"]);
  } catch (error) {
    if (!(error instanceof DockerFailure)) throw error;
    throw new UserError(`no Docker engine answers: ${error.message}`);
  }
}
