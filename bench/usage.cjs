// Preloaded into every measured process: leaves its peak memory, in kilobytes, in the file that USAGE_FILE names.
const fs = require("node:fs");

process.on("exit", () => {
  fs.writeFileSync(process.env.USAGE_FILE, String(process.resourceUsage().maxRSS));
});
