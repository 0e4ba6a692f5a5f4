import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import { filesIn } from "../support/synthesized";

/** Every generated password, by what it is for: `acr-sp-demo slot-0`, `methods-token slot-1`, `acrdemo2ss admin`. */
export function secretsOf({ clouds }: Rehearsal): ReadonlyMap<string, string> {
  const registries = clouds.arm.registries.values();
  const names = new Map([
    ...[...clouds.entra.applications.values()].flatMap((application) =>
      application.passwords.map(
        ({ displayName, secret }) => [secret, `${application.displayName} ${displayName}`] as const,
      ),
    ),
    ...registries.map(({ name, adminPassword }) => [adminPassword, `${name} admin`] as const),
    ...registries.flatMap(({ tokens }) =>
      [...tokens.values()].flatMap(({ name, passwords }) =>
        passwords.map(({ value }) => [value, name.replace(/-(?=\d+$)/, " slot-")] as const),
      ),
    ),
  ]);
  return new Map(clouds.secrets().map((secret) => [secret, names.get(secret) ?? "one that was renewed"]));
}

/** @returns What the secrets are for that a text holds: as they are, escaped, or in base64 at any offset. */
export function found(content: Buffer | string, secrets: ReadonlyMap<string, string>): string[] {
  const text = typeof content === "string" ? content : content.toString("latin1");
  return [...secrets]
    .filter(([secret]) => disguises(secret).some((disguise) => text.includes(disguise)))
    .map(([, name]) => name)
    .sort();
}

/** @returns The secrets in every file of the rehearsal's folder that holds one, by its path. */
export function holders(rehearsal: Rehearsal): Record<string, string[]> {
  const secrets = secretsOf(rehearsal);
  const held = filesIn(rehearsal.folder).map((name) => {
    const content = fs.readFileSync(path.join(rehearsal.folder, name));
    return [name, found(name.endsWith(".tfplan") ? unzipped(content) : content, secrets)] as const;
  });
  return Object.fromEntries(held.filter(([, names]) => names.length > 0));
}

function disguises(secret: string): string[] {
  const escaped = [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const encoded = [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    // Without the characters that depend on what stands before and after.
    return bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  return [secret, ...escaped, ...encoded];
}

/** The contents of all files in a zip archive, as a saved plan is one. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function unzipped(archive: Buffer): Buffer {
  const contents: Buffer[] = [];
  const directory = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let entry = archive.readUInt32LE(directory + 16);
  while (archive.toString("latin1", entry, entry + 4) === "PK\x01\x02") {
    const local = archive.readUInt32LE(entry + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
    contents.push(archive.readUInt16LE(entry + 10) === 0 ? data : zlib.inflateRawSync(data));
    entry += 46 + [28, 30, 32].reduce((sum, offset) => sum + archive.readUInt16LE(entry + offset), 0);
  }
  return Buffer.concat(contents);
}
