import type { CauseId } from "../../diagnosis";

/** A cluster cannot be asked anything. */
export class NoCluster extends Error {
  constructor(
    readonly fault: CauseId,
    message: string,
  ) {
    super(message);
  }
}
