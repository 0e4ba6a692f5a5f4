import { dirname, join } from "node:path";

const folders = new Map<string, string>();

/**
 * Folder `lib/` of the installed `@cdktf/provider-<provider>`, looked up once a process.
 * @param provider Short name: `azurerm`.
 * @throws Error where the package is not installed.
 */
export function bindingsFolder(provider: string): string {
  const known = folders.get(provider);
  if (known !== undefined) return known;
  const folder = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), "lib");
  folders.set(provider, folder);
  return folder;
}
