/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // jest leaves one processor free by default; our tests mostly wait for Terraform.
  maxWorkers: "100%",
  // The sources too: jest finds the tests that a changed file concerns only where it knows the file.
  roots: ["<rootDir>"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out"],
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/", "<rootDir>/__tests__/browser/"],
  // Of a machine that is busy with other things as well: what hangs still ends.
  testTimeout: 240_000,
  globalSetup: "<rootDir>/__tests__/support/set-up.ts",
  // As TypeScript wants late imports to name our sources.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "\\.ts$": "<rootDir>/tools/jest-transform.cjs" },
};
