/** Stands for the subscription that ARM_SUBSCRIPTION_ID names where the environment file does not. */
export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
