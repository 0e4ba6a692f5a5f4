import { missingTools } from "./tools";

/** Here, because jest shows nothing of a file whose tests are all skipped. */
export default function setUp(): void {
  for (const tool of missingTools(["terraform", "kubectl"])) {
    console.warn(`${tool} is not on the PATH: all tests that run it are skipped`);
  }
}
