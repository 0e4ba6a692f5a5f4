import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

type Version = readonly [major: number, minor: number];

const required = new WeakMap<TerraformStack, Version>();

/**
 * Says the oldest Terraform that can run the scope's stack. Of several, the newest counts.
 * @param version `1.7`.
 */
export function requireTerraform(scope: Construct, version: `${number}.${number}`): void {
  const stack = TerraformStack.of(scope);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [knownMajor, knownMinor] = required.get(stack) ?? [0, 0];
  if (major < knownMajor || (major === knownMajor && minor <= knownMinor)) return;
  required.set(stack, [major, minor]);
  stack.addOverride("terraform.required_version", `>= ${version}.0`);
}
