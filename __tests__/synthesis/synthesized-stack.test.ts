import { readStacks } from "../../synthesis/synthesized-stack";
import { synthesizeFiles } from "../support/synthesized";

it("reads an output folder, each stack after those that it depends on", () => {
  const stacks = readStacks(synthesizeFiles(["environments/demo.yaml"]));
  expect(stacks.map(({ name }) => name)).toEqual([
    ...["demo-registry", "demo-identity-aksdemo2", "demo-images", "demo-workload-aksdemo2"],
  ]);
  expect(stacks[3]?.dependencies).toEqual(
    expect.arrayContaining(["demo-identity-aksdemo2", "demo-images", "demo-registry"]),
  );
  expect(Object.keys(stacks[0]?.json.resource ?? {})).toContain("azurerm_container_registry");
});
