/** Annotations of a pull secret that say until when its password is good, and when to apply again. */
export const EXPIRES = "acr-pull/expires";
export const APPLY_BEFORE = "acr-pull/apply-before";

/** Those that are written here. */
export const OWN_ANNOTATIONS: readonly string[] = [EXPIRES, APPLY_BEFORE];

/** Warnings start so many days before a password has to be renewed, or a period where that is shorter. */
export const WARNING_DAYS = 7;
