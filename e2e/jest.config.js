/** Tests on a real Docker engine and a real registry. @type {import("jest").Config} */
module.exports = {
  rootDir: "..",
  roots: ["<rootDir>/e2e"],
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  transform: { "\\.ts$": "<rootDir>/bin/jest-transform.cjs" },
  globalSetup: "<rootDir>/e2e/set-up.ts",
  globalTeardown: "<rootDir>/e2e/tear-down.ts",
  // They share one engine.
  maxWorkers: 1,
  testTimeout: 120_000,
};
