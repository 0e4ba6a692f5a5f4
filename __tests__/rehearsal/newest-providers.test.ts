import fs from "node:fs";
import path from "node:path";
import { environmentFrom } from "../support/environment";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

const NEWEST = `providers: { azurerm: ">= 5.2.0, < 6.0.0", azuread: ">= 3.9.0, < 4.0.0", kubernetes: ">= 3.2.1, < 4.0.0", docker: ">= 4.5.0, < 5.0.0" }\n`;

describeWithTools(["terraform"], "with the newest majors of the providers", () => {
  it.each(["examples/all-options.yaml", "examples/pull-methods.yaml"])(
    "%s is deployed, plans nothing again and is destroyed",
    async (file) => {
      const yaml = fs.readFileSync(path.join(PROJECT, file), "utf8").replace(/^providers:.*\n/m, "");
      const rehearsal = rehearsalOf({ environment: environmentFrom(NEWEST + yaml) });
      await rehearsal.deploy();
      await rehearsal.destroy();
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    },
  );

  it("a registry is made in the mode that grants by repository, and its clusters pull by it", async () => {
    const yaml = fs.readFileSync(path.join(PROJECT, "environments/demo.yaml"), "utf8");
    const byRepository = yaml.replace("sku: Basic", "sku: Basic, repositoryPermissions: true");
    expect(byRepository).not.toBe(yaml);
    const rehearsal = rehearsalOf({ environment: environmentFrom(NEWEST + byRepository) });
    await rehearsal.deploy();
    const { registries, roles } = rehearsal.clouds.arm;
    expect(registries.values().map(({ roleAssignmentMode }) => roleAssignmentMode)).toEqual([
      "AbacRepositoryPermissions",
    ]);
    expect(roles.all().map(({ roleName }) => roleName)).toEqual(["Container Registry Repository Reader"]);
    expect(rehearsal.clouds.clusters.flatMap(({ pulls }) => pulls.map(({ ok }) => ok))).toContain(true);
  });
});
