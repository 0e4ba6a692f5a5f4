import { Tokenization, type TerraformStack } from "cdktf";

/**
 * Makes outputs of these values whether another stack reads them or not. cdktf makes an output when the first reader comes, so
 * that a new workload or another pull method of one cluster would change the stacks that all clusters share.
 */
export function exportAlways(stack: TerraformStack, values: readonly string[]): void {
  for (const value of values) {
    for (const token of Tokenization.reverseString(value).tokens) {
      if ("identifier" in token) stack.registerOutgoingCrossStackReference(String(token.identifier));
    }
  }
}
