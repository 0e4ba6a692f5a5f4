// Runs a TypeScript file: `node tools/run.cjs main.ts [arguments]`.
//
// esbuild puts our sources and the packages that they use into one file, which is kept together with V8's compiled code in
// node_modules/.cache. The first run of some sources leaves the largest packages out of it, which Node then loads one by one: who
// edits and runs in turn does not wait for a file that is never used again. As long as the sources and the versions of the packages are the same, a start costs less than loading cdktf by itself. Types are
// checked by `npm run lint`. Under Node's own --enable-source-maps nothing is kept.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { types } = require("node:util");
const vm = require("node:vm");

const [entry] = process.argv.splice(2, 1);
const filename = path.resolve(entry);
const root = path.dirname(__dirname);
const cache = path.join(root, "node_modules/.cache/acr-pull");
// The maintained fork of cdktf, cdktn, takes its place where CDKTF_PACKAGE names it.
const framework = process.env.CDKTF_PACKAGE ?? "cdktf";
const index = `${hashOf(`${filename} ${framework} ${process.version} ${process.arch}`)}.json`;
/** What decides over a bundle beside the sources in it. */
const SETTINGS = ["package-lock.json", "tsconfig.json", "tools/run.cjs"];
/** What reads files of its own package, evaluates code, or is large and loaded by few. */
const NEVER_IN = ["@grpc/*", "protobufjs", "esbuild", "elkjs/*"];
/** Most of what there is to bundle, all of it in CommonJS: as much as Node loads while the rest is bundled. */
const LARGE = ["yaml", "cdktf", "constructs", "@cdktf"];
/** What takes longest to load, and the entries that load it whatever they are asked. */
const LARGEST = ["cdktf", "yaml", "@cdktf/provider-kubernetes/lib/deployment-v1"];
const SYNTHESIZES = /^(main|commands\/(synth|rehearse))\.ts$/;
/** Of the files of packages it is enough to know of which version they are. */
const PACKAGE = /^.*node_modules\/(@[^/]+\/)?[^/]+(?=\/)/;
/** Nobody who has just made a bundle, and is about to say so in an index, is as old as this. */
const UNUSED_AFTER_MS = 10 * 60 * 1000;

const main = new Module(filename, null);
main.filename = filename;
main.paths = Module._nodeModulePaths(path.dirname(filename));
if ([process.env.NODE_OPTIONS, ...process.execArgv].includes("--enable-source-maps")) {
  main._compile(bundle(true, { sourcemap: "inline" }).code, filename);
} else {
  const former = kept();
  // The fork takes cdktf's place inside of the bindings as well: they have to be in the bundle.
  if (former?.isWhole) start(former);
  else if (former || framework !== "cdktf") start(keepBundle(bundle(true, {})));
  else void bundleMeanwhile().then(start);
}

function start({ code, compiled, name, isWhole }) {
  nameSourcesInTraces(name, code, isWhole);
  const script = new vm.Script(code, { filename, cachedData: compiled });
  // Only what has run once is compiled, so the compiled code is taken at the end.
  const isNew = !compiled || script.cachedDataRejected;
  if (isNew && isWhole) process.once("exit", () => keep(`${name}.code`, script.createCachedData()));
  const run = script.runInThisContext();
  run.call(main.exports, main.exports, Module.createRequire(filename), main, filename, path.dirname(filename));
}

/** The bundle of the first run. While another process makes it, this one loads what it leaves out. */
async function bundleMeanwhile() {
  const building = withoutGoCollecting(() => require("esbuild").build(optionsOf(false, {})));
  if (SYNTHESIZES.test(path.relative(root, filename))) LARGEST.forEach(loadIfThere);
  try {
    return keepBundle(bundleOf(false, await building));
  } catch (error) {
    // esbuild has said what is wrong with the sources, and where.
    if (!error.errors) throw error;
    process.exit(1);
  } finally {
    require("esbuild").stop();
  }
}

/** Esbuild is a program in Go that soon ends: to collect its garbage costs more than the memory. */
function withoutGoCollecting(begin) {
  if (process.env.GOGC !== undefined) return begin();
  process.env.GOGC = "off";
  try {
    return begin();
  } finally {
    delete process.env.GOGC;
  }
}

/** Where it is missing, whoever imports it says so. */
function loadIfThere(name) {
  try {
    Module.createRequire(filename)(name);
  } catch {
    return;
  }
}

/** @param isWhole Whether the large packages are in it. */
function bundle(isWhole, options) {
  return bundleOf(isWhole, require("esbuild").buildSync(optionsOf(isWhole, options)));
}

function optionsOf(isWhole, options) {
  return {
    entryPoints: [filename],
    absWorkingDir: root,
    outfile: filename.replace(/\.ts$/, ".js"),
    bundle: true,
    external: isWhole ? NEVER_IN : [...NEVER_IN, ...LARGE.flatMap((name) => [name, `${name}/*`])],
    alias: { cdktf: framework },
    platform: "node",
    target: "node20",
    sourcesContent: false,
    // Half as much to read, and ASCII. Lines stay short for Node, which prints the one that an error comes from.
    minifyWhitespace: true,
    legalComments: "none",
    lineLimit: 500,
    metafile: true,
    write: false,
    ...options,
  };
}

function bundleOf(isWhole, { outputFiles, metafile }) {
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending))?.text;
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const isLarge = ({ path: name, external }) => external && LARGE.some((large) => `${name}/`.startsWith(`${large}/`));
  return {
    code: text(".js"),
    map: text(".map"),
    inputs: Object.keys(metafile.inputs),
    isWhole: isWhole || !imports.some(isLarge),
  };
}

function keepBundle({ code: unwrapped, inputs, isWhole }) {
  const code = wrap(unwrapped);
  const sources = new Set(inputs.map((file) => PACKAGE.exec(file)?.[0].concat("/package.json") ?? file));
  // By content: V8 compares no more of a source than its length.
  const name = hashOf(code);
  keep(`${name}.js`, code);
  keep(index, JSON.stringify({ name, isWhole, length: code.length, versions: versionsOf([...sources, ...SETTINGS]) }));
  evict();
  return { code, name, isWhole };
}

/** What an earlier run kept, where it is still the same, and whole. */
function kept() {
  const read = (file, encoding) => fs.readFileSync(path.join(cache, file), encoding);
  try {
    const { name, isWhole, length, versions } = JSON.parse(read(index, "utf8"));
    const current = versionsOf(Object.keys(versions));
    if (Object.keys(versions).some((file) => versions[file] !== current[file])) return undefined;
    // Five times as fast as to read it as UTF-8. Anything but ASCII would have another length.
    const code = read(`${name}.js`, "latin1");
    if (code.length !== length) return undefined;
    const compiled = fs.existsSync(path.join(cache, `${name}.code`)) ? read(`${name}.code`) : undefined;
    return { code, compiled, name, isWhole };
  } catch {
    return undefined;
  }
}

function versionsOf(files) {
  const version = (file) => {
    const { mtimeMs, size } = fs.statSync(`${root}/${file}`);
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

/** Removes the bundles that no index names any more. */
function evict() {
  try {
    const files = fs.readdirSync(cache);
    const used = files
      .filter((file) => file.endsWith(".json"))
      .map((file) => JSON.parse(fs.readFileSync(path.join(cache, file), "utf8")).name);
    for (const file of files) {
      const place = path.join(cache, file);
      const isUsed = file.endsWith(".json") || used.includes(path.parse(file).name);
      if (!isUsed && Date.now() - fs.statSync(place).mtimeMs > UNUSED_AFTER_MS) fs.rmSync(place, { force: true });
    }
  } catch {
    return;
  }
}

/** Makes stack traces name the sources instead of the bundle. The map is made and read when the first trace is. */
function nameSourcesInTraces(name, code, isWhole) {
  // Traces of all tokens are for debugging cdktf, and many: Node's --enable-source-maps is for that.
  if (process.env.TOKEN_TRACES === "1") return;
  let map;
  const sourceOf = (call) => {
    if (call.getFileName() !== filename) return `${call}`;
    if (map === undefined) map = mapOf(name, code, isWhole);
    if (map === null) return `${call}`;
    const { originalSource, originalLine, originalColumn } = map.findEntry(
      call.getLineNumber() - 2,
      call.getColumnNumber() - 1,
    );
    if (originalSource === undefined) return `${call}`;
    const place = `${path.resolve(path.dirname(filename), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    return `${call}`.replace(/[^ (]*:\d+:\d+/, () => place);
  };
  Error.prepareStackTrace = (error, calls) => {
    try {
      // cdktf records where its first tokens are made while it is loaded, by an object of its own: nobody reads that.
      if (!types.isNativeError(error)) return "";
      return [`${error}`, ...calls.map((call) => `    at ${sourceOf(call)}`)].join("\n");
    } catch {
      return [`${error}`, ...calls.map((call) => `    at ${call}`)].join("\n");
    }
  };
}

/** Making it takes as long again as the bundle, and few runs print a trace. Null where the sources have been edited since. */
function mapOf(name, code, isWhole) {
  const file = path.join(cache, `${name}.map`);
  if (!fs.existsSync(file)) {
    const again = bundle(isWhole, { sourcemap: "external" });
    if (wrap(again.code) !== code) return null;
    keep(`${name}.map`, again.map);
  }
  return new Module.SourceMap(JSON.parse(fs.readFileSync(file, "utf8")));
}

/** As Node wraps modules, in lines of their own: the columns of traces stay. */
function wrap(code) {
  return Module.wrap(`\n${code}`);
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
