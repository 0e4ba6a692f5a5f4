/**
 * Required into a process, kills it before the KILL_AT-th of its changes to the file system, as a power cut would.
 */
const fs = require("node:fs");

const CHANGES = [
  "mkdirSync",
  "mkdtempSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "symlinkSync",
  "unlinkSync",
  "writeFileSync",
];
let left = Number(process.env.KILL_AT);

for (const name of CHANGES) {
  const change = fs[name];
  fs[name] = (...args) => {
    // What goes to a descriptor is no change of its own: the file was opened before.
    if (--left === 0) process.kill(process.pid, "SIGKILL");
    return change(...args);
  };
}
