import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

/** Where teams work and pipelines run. */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

/**
 * Writes made-up packages of a provider for all platforms, in the packed layout of a filesystem mirror:
 * https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 *
 * @param source `hashicorp/azurerm`
 * @param content Of the program in each package, which is never run.
 */
export function addToMirror(mirror: string, source: string, version: string, content = version): void {
  const folder = path.join(mirror, "registry.terraform.io", source);
  const name = `terraform-provider-${path.basename(source)}`;
  fs.mkdirSync(folder, { recursive: true });
  for (const platform of PLATFORMS) {
    const program = `${name}_v${version}${platform.startsWith("windows") ? ".exe" : ""}`;
    fs.writeFileSync(path.join(folder, `${name}_${version}_${platform}.zip`), zipOf(program, `${platform} ${content}`));
  }
}

/** A zip archive of one executable file, not compressed: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zipOf(name: string, content: string): Buffer {
  const [fileName, data] = [Buffer.from(name), Buffer.from(content)];
  const [store, firstOfJanuary1980, noExtra] = [0, 0x00210000, 0];
  // What the entry and the directory both say of the file, from the version that is needed to extract it.
  const description = littleEndian(
    ...[u16(20), u16(0), u16(store), u32(firstOfJanuary1980), u32(crc32(data)), u32(data.length), u32(data.length)],
    ...[u16(fileName.length), u16(noExtra)],
  );
  const entry = Buffer.concat([Buffer.from("PK\x03\x04"), description, fileName, data]);
  const [unix, executable] = [u16((3 << 8) | 20), u32((0o100755 << 16) >>> 0)];
  const directory = Buffer.concat([
    ...[Buffer.from("PK\x01\x02"), littleEndian(unix), description],
    // Comment, disk, internal attributes; external attributes; where the entry begins.
    ...[littleEndian(u16(0), u16(0), u16(0), executable, u32(0)), fileName],
  ]);
  const end = littleEndian(u16(0), u16(0), u16(1), u16(1), u32(directory.length), u32(entry.length), u16(0));
  return Buffer.concat([entry, directory, Buffer.from("PK\x05\x06"), end]);
}

type Field = readonly [value: number, bytes: number];
const u16 = (value: number): Field => [value, 2];
const u32 = (value: number): Field => [value, 4];

function littleEndian(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
