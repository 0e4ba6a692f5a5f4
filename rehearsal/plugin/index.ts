export * from "../sdk/model";
export { reattachEnvironment, startProvider, type ProviderOptions, type ProviderServer } from "./server";
