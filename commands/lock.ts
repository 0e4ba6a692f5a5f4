import fs from "node:fs";
import path from "node:path";
import { UserError } from "../config/user-error";
import { PrivateFolder } from "../runs/private-folder";
import { LOCK_FILE } from "../runs/initialized";
import { lockFileOf } from "../runs/lock-files";
import { runnableWaves } from "../runs/runnable";
import { readStackJson } from "../synthesis/synthesized-stack";
import { runProcess } from "../terraform/process";
import { terraformBinary } from "../terraform/terraform";
import { command, run, settingsOf } from "./command-line";

const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

interface Options {
  readonly netMirror?: string;
  readonly fsMirror?: string;
}

const lock = command("lock")
  .option("--net-mirror <url>", "instead of the registry of providers")
  .option("--fs-mirror <folder>", "instead of the registry of providers")
  .action(async ({ netMirror, fsMirror }: Options) => {
    const { outputDirectory } = settingsOf({});
    const stacks = runnableWaves(outputDirectory, {}).flat();
    const byFile = new Map<string, string>();
    for (const { directory } of stacks) {
      const file = lockFileOf(readStackJson(directory).terraform.required_providers ?? {});
      if (!byFile.has(file)) byFile.set(file, directory);
    }
    const mirrors = [
      ...(netMirror === undefined ? [] : [`-net-mirror=${netMirror}`]),
      ...(fsMirror === undefined ? [] : [`-fs-mirror=${path.resolve(fsMirror)}`]),
    ];
    const folder = new PrivateFolder();
    try {
      for (const [file, directory] of byFile) {
        const made = path.join(directory, LOCK_FILE);
        // What an earlier run chose would be kept.
        fs.rmSync(made, { force: true });
        const args = ["providers", "lock", ...PLATFORMS.map((platform) => `-platform=${platform}`), ...mirrors];
        const { code, output } = await runProcess(terraformBinary(), [`-chdir=${directory}`, ...args]);
        if (code !== 0) throw new UserError(`${path.basename(directory)}: ${output.trim()}`);
        fs.copyFileSync(made, path.join(folder.path, path.basename(file)));
      }
      // All at once, or nothing.
      const locks = path.join(path.dirname(outputDirectory), "locks");
      fs.rmSync(locks, { recursive: true, force: true });
      fs.cpSync(folder.path, locks, { recursive: true });
      for (const file of byFile.keys()) console.log(file);
    } finally {
      folder.close();
    }
  });

void run(lock);
