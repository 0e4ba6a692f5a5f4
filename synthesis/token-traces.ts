import { createRequire } from "node:module";

/**
 * Stops cdktf from recording a stack trace for every token that it creates, which costs more than half of the time and
 * most of the memory of a synthesis. The traces only point out where a token was made that cannot be resolved.
 */
export function disableTokenTraces(): void {
  const module = createRequire(__filename)("cdktf/lib/tokens/private/stack-trace") as {
    captureStackTrace: () => string[];
  };
  module.captureStackTrace = () => [];
}
