/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // jest leaves one processor free by default; our tests mostly wait for Terraform.
  maxWorkers: "100%",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  globalSetup: "<rootDir>/__tests__/support/set-up.ts",
  transform: { "\\.ts$": "<rootDir>/bin/jest-transform.cjs" },
};
