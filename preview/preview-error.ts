/** A preview cannot be, for a reason that is the user's to mend. The message is all that they need to see. */
export class PreviewError extends Error {}
