import path from "node:path";

/** A folder's path, without what does not make another folder. */
export function folderOf(folder: string): string {
  return path.posix.normalize(`${folder}/`);
}
