// Compiles tests and sources for jest as tools/run.cjs does for the commands.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { transformSync, version } = require("esbuild");

// What decides over the result beside the file itself; jest keeps results from run to run.
const settings = [__filename, path.join(__dirname, "../tsconfig.json")].map((file) => fs.readFileSync(file, "utf8"));

module.exports = {
  getCacheKey(source, filename) {
    const parts = [source, filename, version, process.version, ...settings];
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
  },
  process(source, filename) {
    const { code, map } = transformSync(source, {
      loader: "ts",
      format: "cjs",
      target: "node20",
      // Jest's own modules are all of CommonJS.
      supported: { "dynamic-import": false },
      sourcemap: true,
      sourcefile: filename,
    });
    return { code, map };
  },
};
