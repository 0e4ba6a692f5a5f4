import { createHash } from "node:crypto";

/** One part of a fleet: the first is 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Most jobs of a matrix: GitHub 256, GitLab 200, Azure DevOps 360. */
export const MOST_SHARDS = 360;

/** @param text `2/8`. @throws {Error} */
export function parseShard(text: string): Shard {
  const [, index = "", count = ""] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count && shard.count <= MOST_SHARDS) return shard;
  throw new Error(`It must be a part of at most ${MOST_SHARDS}, such as 2/8, got: "${text}"`);
}

/** As `parseShard` reads it. */
export function formatShard({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** The part that a cluster belongs to, by its name alone: another cluster that comes or goes moves none. */
export function shardOf(environment: string, cluster: string, count: number): number {
  const hash = createHash("sha256").update(`${environment}/${cluster}`).digest();
  return (hash.readUInt32BE(0) % count) + 1;
}
