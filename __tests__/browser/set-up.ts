import { findChromium } from "./chromium";

/** Here, because jest shows nothing of a file whose tests are all skipped. */
export default function setUp(): void {
  const found = findChromium();
  if ("reason" in found) console.warn(`All tests of pages are skipped: ${found.reason}`);
}
