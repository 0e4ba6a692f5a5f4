import type { Origin, Prebuilt } from "./environment";
import { assertNever } from "./never";

/** Whether an image is built and pushed by the images stack, in whatever way. */
export function isBuilt(origin: Origin): origin is Exclude<Origin, Prebuilt> {
  switch (origin.kind) {
    case "docker":
    case "acrTask":
      return true;
    case "prebuilt":
      return false;
    default:
      return assertNever(origin);
  }
}
