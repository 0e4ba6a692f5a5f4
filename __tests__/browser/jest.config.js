/** Tests of pages in a real browser. @type {import("jest").Config} */
module.exports = {
  rootDir: "../..",
  roots: ["<rootDir>/__tests__/browser"],
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "\\.ts$": "<rootDir>/tools/jest-transform.cjs" },
  globalSetup: "<rootDir>/__tests__/browser/set-up.ts",
  maxWorkers: 1,
  testTimeout: 120_000,
};
