export { loadConfiguration, type Configuration } from "./load";
export { ConfigError } from "./problem";
export { settingsFrom, type Settings } from "./settings";
export type * from "./environment";
