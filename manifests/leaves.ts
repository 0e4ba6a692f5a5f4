import type { ManifestImage } from "./arguments";

/** Stands in an object for the reference to an image of the environment's own registry. */
export class ImageLeaf {
  constructor(readonly image: ManifestImage) {}
}

/** Stands in the list of a pod's pull secrets for the one that the namespace gets. */
export class PullSecretLeaf {
  readonly isPullSecret = true;
}
