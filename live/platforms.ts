import { failed, ok, type Outcome } from "./check";
import type { RemoteImage } from "./registry/image";

/** @param nodes Platforms of the nodes that run it, such as `linux/amd64`. */
export function platformOutcome({ digest, isIndex, platforms }: RemoteImage, nodes: readonly string[]): Outcome {
  const missing = nodes.filter((node) => !platforms.includes(node));
  const what = platforms.join(", ") || "an unknown platform";
  if (missing.length === 0 || platforms.length === 0) return ok(`${digest}, ${what}`);
  // A kubelet refuses an index, but takes a single manifest as it is.
  return failed(
    isIndex ? "platform-missing" : "platform-other",
    `${digest} is for ${what}, nodes are ${missing.join(", ")}`,
  );
}
