/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  globalSetup: "<rootDir>/__tests__/support/set-up.ts",
  transform: { "\\.ts$": "<rootDir>/bin/jest-transform.cjs" },
};
