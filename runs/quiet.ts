import fs from "node:fs";
import path from "node:path";
import type { Environment } from "../config";
import { stackName } from "../config/names";
import { hasPassword, rotationOf } from "../config/passwords";
import { givenUntil } from "../config/rotation-schedule";
import { EXPIRES } from "../config/secret-annotations";
import { STACK_FILE } from "../synthesis/manifest";
import { readStackJson } from "../synthesis/synthesized-stack";
import { runProcess } from "../terraform/process";
import { terraformBinary } from "../terraform/terraform";
import { atOnce } from "../terraform/at-once";
import { PrivateFolder } from "./private-folder";

const STATES_AT_ONCE = 16;

/** The part of a state that says until when passwords are good. */
interface DatedState {
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resources?: readonly {
    readonly type: string;
    readonly instances?: readonly {
      readonly attributes?: {
        readonly metadata?: readonly { readonly annotations?: Readonly<Record<string, string>> | null }[];
      };
    }[];
  }[];
}

/**
 * The clusters for which the calendar has nothing to do: identity and workload stack hold the password of the generation that it is now.
 * A password's end tells its generation, since slots end at boundaries of periods.
 * Where a state cannot be read, or says something else, the cluster is not among them.
 *
 * @param outputDirectory Of the synthesized stacks.
 * @returns Keys of clusters, in the order of the file.
 */
export async function quietClusters(environment: Environment, outputDirectory: string, now: Date): Promise<string[]> {
  const clusters = Object.entries(environment.clusters);
  const scratch = new PrivateFolder();
  const stateOf = (directory: string) => readState(directory, path.join(scratch.path, path.basename(directory)));
  const quiet = await atOnce(STATES_AT_ONCE, clusters, async ([key, { pull }]) => {
    // What has no password has no calendar, unless it keeps those of before for a while.
    if (!hasPassword(pull)) return rotationOf(pull) === undefined;
    const folder = (kind: "identity" | "workload") =>
      path.join(outputDirectory, "stacks", stackName(environment.name, kind, key));
    const identity = await stateOf(folder("identity"));
    const expires = new Date(String(identity?.outputs?.expires?.value));
    // Also where there is no date.
    if (!(now < givenUntil(expires, pull.rotation))) return false;
    const held = secretEnds(await stateOf(folder("workload")));
    return held.length > 0 && held.every((end) => Date.parse(end) === expires.getTime());
  }).finally(() => {
    scratch.close();
  });
  return clusters.flatMap(([key], index) => (quiet[index] ? [key] : []));
}

function secretEnds(state: DatedState | undefined): string[] {
  return (state?.resources ?? [])
    .filter(({ type }) => type === "kubernetes_secret_v1")
    .flatMap(({ instances = [] }) =>
      instances.flatMap(({ attributes }) => attributes?.metadata?.[0]?.annotations?.[EXPIRES] ?? []),
    );
}

/**
 * A file on this machine is read as it is. For any other backend Terraform is asked, in a folder that has nothing but the backend. Its
 * init looks for the providers of the state, of some hundred megabytes, in an empty folder, and fails there; the backend is ready by then.
 */
async function readState(directory: string, scratch: string): Promise<DatedState | undefined> {
  try {
    const { backend, cloud } = readStackJson(directory).terraform;
    const file = backend?.local?.path;
    if (file !== undefined) return JSON.parse(fs.readFileSync(path.resolve(directory, file), "utf8")) as DatedState;
    fs.mkdirSync(scratch);
    const terraform = { ...(backend && { backend }), ...(cloud && { cloud }) };
    fs.writeFileSync(path.join(scratch, STACK_FILE), JSON.stringify({ terraform }));
    const terraformIn = (...args: string[]) => runProcess(terraformBinary(), [`-chdir=${scratch}`, ...args]);
    await terraformIn("init", "-input=false", "-no-color", `-plugin-dir=${scratch}`);
    const { code, stdout } = await terraformIn("state", "pull");
    return code === 0 ? (JSON.parse(stdout) as DatedState) : undefined;
  } catch {
    return undefined;
  }
}
