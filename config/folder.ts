import path from "node:path";

/** A folder's path, without what does not make another folder. */
export function folderOf(folder: string): string {
  return path.posix.normalize(`${folder}/`);
}

/** Whether a path is a folder's or below it. Both are absolute, without links on the way where that matters. */
export function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder + path.sep);
}
