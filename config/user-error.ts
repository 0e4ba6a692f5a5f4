/** Something that only the user can put right. The message is for them, one line a problem. */
export class UserError extends Error {}
