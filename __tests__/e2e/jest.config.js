/** Tests on a real Docker engine and a real registry. @type {import("jest").Config} */
module.exports = {
  rootDir: "../..",
  roots: ["<rootDir>/__tests__/e2e"],
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  // Set-up says what else it takes.
  testPathIgnorePatterns: process.env.E2E_KUBECONFIG === undefined ? ["/real-parts/"] : [],
  transform: { "\\.ts$": "<rootDir>/tools/jest-transform.cjs" },
  globalSetup: "<rootDir>/__tests__/e2e/set-up.ts",
  globalTeardown: "<rootDir>/__tests__/e2e/tear-down.ts",
  // They share one engine.
  maxWorkers: 1,
  testTimeout: 120_000,
};
