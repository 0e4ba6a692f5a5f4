import type { Built, Origin } from "./environment";
import { assertNever } from "./never";

/** Whether an image is built and pushed by the images stack, in whatever way. */
export function isBuilt(origin: Origin): origin is Built {
  switch (origin.kind) {
    case "docker":
    case "acrTask":
      return true;
    case "prebuilt":
    case "tagged":
      return false;
    default:
      return assertNever(origin);
  }
}

/** Whether the images stack says what pods run: it builds the image, or asks the registry for the digest behind its tag. */
export function isOfImagesStack(origin: Origin): boolean {
  return isBuilt(origin) || (origin.kind === "tagged" && origin.pin);
}
