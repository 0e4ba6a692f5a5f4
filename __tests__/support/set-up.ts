import { HARDLY_COLLECTING } from "../../terraform/terraform";
import { missingTools } from "./tools";

/** Says here what is missing, because jest shows nothing of a file whose tests are all skipped. */
export default function setUp(): void {
  for (const [name, value] of Object.entries(HARDLY_COLLECTING)) process.env[name] ??= value;
  for (const tool of missingTools(["terraform", "kubectl"])) {
    console.warn(`${tool} is not on the PATH: all tests that run it are skipped`);
  }
}
