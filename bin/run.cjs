// Runs a TypeScript file: `node bin/run.cjs main.ts [arguments]`. One pass of esbuild over our own sources takes
// milliseconds, and loading one module instead of fifty saves more; types are checked by `npm run lint`.
const Module = require("node:module");
const path = require("node:path");
const { buildSync } = require("esbuild");

const [entry] = process.argv.splice(2, 1);
const filename = path.resolve(entry);
const { outputFiles } = buildSync({
  entryPoints: [filename],
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  write: false,
});
const main = new Module(filename, null);
main.filename = filename;
main.paths = Module._nodeModulePaths(path.dirname(filename));
main._compile(outputFiles[0].text, filename);
