import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bindingsFolder } from "./package";

/** The TypeScript that one binding was generated as, cut into its exported declarations. */
export interface Binding {
  /** Text of each interface, function and class, by its name. */
  readonly declarations: ReadonlyMap<string, string>;
  /** Text of the class of the resource, data source or provider itself. */
  readonly root: string;
}

/**
 * Reads a binding out of the installed `@cdktf/provider-<provider>` package. The compiled code has lost the comments
 * that say what is computed, optional and required; the source map at its end holds the text that has them.
 * @param folder Folder under `lib/`: `container-registry`, `data-azuread-client-config`, `provider`.
 * @throws Error where the package or the folder does not exist.
 */
export function readBinding(provider: string, folder: string): Binding {
  const index = bindingFile(provider, folder);
  const structs = join(dirname(index), "index-structs");
  const files = existsSync(structs) ? readdirSync(structs).filter((name) => /^structs\d+\.js$/.test(name)) : [];
  const declarations = new Map<string, string>();
  for (const file of [index, ...files.map((name) => join(structs, name))]) {
    for (const text of generatedSource(file).split(/^export (?=interface |function |class )/m)) {
      const name = /^(?:interface|function|class) (\w+)/.exec(text)?.[1];
      if (name !== undefined) {
        declarations.set(name, text);
      }
    }
  }
  const root = [...declarations.values()].find((text) =>
    /^class \w+ extends cdktf\.Terraform(Resource|DataSource|Provider) /.test(text),
  );
  if (root === undefined) {
    throw new Error(`${index}: no class of a resource, data source or provider in its source map`);
  }
  return { declarations, root };
}

function bindingFile(provider: string, folder: string): string {
  const file = join(bindingsFolder(provider), folder, "index.js");
  if (existsSync(file)) return file;
  throw new Error(`no such binding: @cdktf/provider-${provider}/lib/${folder}`);
}

function generatedSource(file: string): string {
  const marker = "base64,";
  const text = readFileSync(file, "latin1");
  const start = text.lastIndexOf(marker);
  if (start < 0) {
    throw new Error(`${file}: no inline source map`);
  }
  const map = JSON.parse(Buffer.from(text.slice(start + marker.length), "base64").toString()) as {
    sourcesContent: readonly string[];
  };
  return map.sourcesContent.join("\n");
}
