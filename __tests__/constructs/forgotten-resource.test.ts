import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ForgottenResource } from "../../constructs/forgotten-resource";
import { requireTerraform } from "../../constructs/required-terraform";
import { synthConstruct } from "../support/environment";

const lifecycle = [{ destroy: false }];

test("what stood here goes out of the state, and stays", () => {
  const { json } = synthConstruct((stack) => {
    new ForgottenResource(new Construct(stack, "registry"), "group", { type: "azurerm_resource_group" });
  });
  expect(json.removed).toEqual([
    { from: expect.stringMatching(/^azurerm_resource_group\.registry_group_[0-9A-F]{8}$/) as string, lifecycle },
  ]);
  expect(json.terraform).toMatchObject({ required_version: ">= 1.7.0" });
});

test("several may, and one may stand in place of a construct of its own", () => {
  const { json } = synthConstruct((stack) => {
    const inPlaceOf = new Construct(stack, "found");
    new ForgottenResource(stack, "handed-over", { type: "a_b", inPlaceOf });
    new ForgottenResource(stack, "other", { type: "a_c" });
  });
  expect(json.removed?.map(({ from }) => from)).toEqual(["a_b.found", "a_c.other"]);
});

test.each([
  [["1.5", "1.7"], ">= 1.7.0"],
  [["1.10", "1.7"], ">= 1.10.0"],
  [["1.11", "1.10", "1.5"], ">= 1.11.0"],
] as const)("of the versions %j of Terraform the newest counts", (versions, expected) => {
  const { json } = synthConstruct((stack) => {
    for (const version of versions) requireTerraform(stack, version);
    expect(stack).toBeInstanceOf(TerraformStack);
  });
  expect(json.terraform).toMatchObject({ required_version: expected });
});
