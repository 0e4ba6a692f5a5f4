import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** A folder that only this user can read, for what holds secrets, such as saved plans. It goes on every way out but SIGKILL. */
export class PrivateFolder {
  readonly path = fs.mkdtempSync(path.join(os.tmpdir(), "acr-pull-"));
  private readonly remove = () => {
    fs.rmSync(this.path, { recursive: true, force: true });
  };

  constructor() {
    process.once("exit", this.remove);
  }

  close(): void {
    this.remove();
    process.removeListener("exit", this.remove);
  }
}
