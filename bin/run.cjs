// Runs a TypeScript file: `node bin/run.cjs main.ts [arguments]`.
//
// esbuild puts our sources and the packages that they use into one file, which is kept together with V8's compiled code in
// node_modules/.cache. As long as the sources are the same, a start costs less than loading cdktf by itself. Types are
// checked by `npm run lint`. Under Node's own --enable-source-maps nothing is kept, and stack traces name the sources.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const [entry] = process.argv.splice(2, 1);
const filename = path.resolve(entry);
const root = path.dirname(__dirname);
const cache = path.join(root, "node_modules/.cache/acr-pull");
// The maintained fork of cdktf, cdktn, takes its place where CDKTF_PACKAGE names it.
const framework = process.env.CDKTF_PACKAGE ?? "cdktf";
const index = `${hashOf(`${filename} ${framework} ${process.version} ${process.arch}`)}.json`;

const main = new Module(filename, null);
main.filename = filename;
main.paths = Module._nodeModulePaths(path.dirname(filename));
if ([process.env.NODE_OPTIONS, ...process.execArgv].includes("--enable-source-maps")) {
  main._compile(bundle({ sourcemap: "inline" }).code, filename);
} else {
  const { code, compiled, name } = kept() ?? bundleAndKeep();
  const script = new vm.Script(Module.wrap(code), { filename, cachedData: compiled });
  // Only what has run once is compiled, so the compiled code is taken at the end.
  const isNew = !compiled || script.cachedDataRejected;
  if (isNew) process.once("exit", () => keep(`${name}.code`, script.createCachedData()));
  const run = script.runInThisContext();
  run.call(main.exports, main.exports, Module.createRequire(filename), main, filename, path.dirname(filename));
}

function bundle(options) {
  const { outputFiles, metafile } = require("esbuild").buildSync({
    entryPoints: [filename],
    absWorkingDir: root,
    bundle: true,
    // What reads files of its own package, or evaluates code.
    external: ["@grpc/*", "protobufjs", "esbuild"],
    alias: { cdktf: framework },
    platform: "node",
    target: "node20",
    metafile: true,
    write: false,
    ...options,
  });
  return { code: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

function bundleAndKeep() {
  const { code, inputs } = bundle();
  const sources = inputs.filter((file) => !file.startsWith("node_modules/"));
  // By content: V8 compares no more of a source than its length.
  const name = hashOf(code);
  keep(`${name}.js`, code);
  keep(index, JSON.stringify({ name, versions: versionsOf([...sources, "package-lock.json", "bin/run.cjs"]) }));
  return { code, name };
}

/** What an earlier run kept, where it is still the same. */
function kept() {
  const read = (file, encoding) => fs.readFileSync(path.join(cache, file), encoding);
  try {
    const { name, versions } = JSON.parse(read(index, "utf8"));
    const current = versionsOf(Object.keys(versions));
    if (Object.keys(versions).some((file) => versions[file] !== current[file])) return undefined;
    const compiled = fs.existsSync(path.join(cache, `${name}.code`)) ? read(`${name}.code`) : undefined;
    return { code: read(`${name}.js`, "utf8"), compiled, name };
  } catch {
    return undefined;
  }
}

function versionsOf(files) {
  const version = (file) => {
    const { mtimeMs, size } = fs.statSync(path.join(root, file));
    return `${mtimeMs} ${size}`;
  };
  return Object.fromEntries(files.map((file) => [file, version(file)]));
}

/** A cache that cannot be written costs time and nothing else. */
function keep(file, content) {
  const temporary = path.join(cache, `${file}.${process.pid}`);
  try {
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, path.join(cache, file));
  } catch {
    return;
  }
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
