// eslint-disable-next-line @typescript-eslint/no-require-imports -- the very object that cdktf's own modules call through
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/**
 * Stops cdktf from recording a stack trace for every token that it creates, which costs more than half of the time and
 * most of the memory of a synthesis. The traces only point out where a token was made that cannot be resolved.
 */
export function disableTokenTraces(): void {
  const module: { captureStackTrace: () => string[] } = stackTrace;
  module.captureStackTrace = () => [];
}
