import { CloudError } from "../../sdk/model";

/** Says which operation failed, where the provider does. */
export function named<T>(operation: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new CloudError(`Failed to ${operation}: ${error.message}`, error.partialState);
  }
}
