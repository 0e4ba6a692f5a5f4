export * from "./model";
export { reattachEnvironment, startProvider, type ProviderOptions, type ProviderServer } from "./server";
