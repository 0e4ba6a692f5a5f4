import { missingTools } from "./tools";

/** Says here what is missing, because jest shows nothing of a file whose tests are all skipped. */
export default function setUp(): void {
  // A program in Go that runs for a second ends sooner when it leaves its garbage; with a bound, should one run for longer.
  process.env.GOGC ??= "off";
  process.env.GOMEMLIMIT ??= "512MiB";
  for (const tool of missingTools(["terraform", "kubectl"])) {
    console.warn(`${tool} is not on the PATH: all tests that run it are skipped`);
  }
}
