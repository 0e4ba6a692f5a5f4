import { spawn } from "node:child_process";
import fs from "node:fs";
import { watchMemory } from "../../../tools/bench/memory";

const MEGABYTES_EACH = 150;

/** Holds its memory for longer than a moment. */
const HOLD = `const block = Buffer.alloc(${MEGABYTES_EACH} << 20, 1); setTimeout(() => block.length, 300);`;
const CHILD = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(HOLD)}]);`;

async function peakOf(script: string): Promise<number> {
  const child = spawn(process.execPath, ["-e", script]);
  const memory = watchMemory(child.pid ?? 0);
  await new Promise((resolve) => child.on("close", resolve));
  return memory();
}

(fs.existsSync("/proc/self/status") ? describe : describe.skip)("memory of a process", () => {
  test("holds what its children take", async () => {
    const alone = await peakOf(HOLD);
    expect(alone).toBeGreaterThan(MEGABYTES_EACH);
    expect(await peakOf(CHILD + HOLD)).toBeGreaterThan(alone + MEGABYTES_EACH);
  });
});
