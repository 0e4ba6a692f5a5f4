import fs from "node:fs";
import path from "node:path";
import { loadConfiguration } from "../../config";
import { Rehearsal } from "../../rehearsal";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";

const NEWEST = `providers: { azurerm: ">= 5.2.0, < 6.0.0", azuread: ">= 3.9.0, < 4.0.0", kubernetes: ">= 3.2.1, < 4.0.0", docker: ">= 4.5.0, < 5.0.0" }\n`;

describeWithTools(["terraform"], "with the newest majors of the providers", () => {
  it.each(["examples/all-options.yaml", "examples/pull-methods.yaml"])(
    "%s is deployed, plans nothing again and is destroyed",
    async (file) => {
      const yaml = fs.readFileSync(path.join(PROJECT, file), "utf8").replace(/^providers:.*\n/m, "");
      const copy = path.join(temporaryFolder(), `newest-${path.basename(file)}`);
      fs.writeFileSync(copy, NEWEST + yaml);
      const settings = { projectDirectory: PROJECT, environments: [copy], outputDirectory: "", tokenTraces: false };
      const [environment] = loadConfiguration(settings).environments;
      if (!environment) throw new Error(`${file} has no environment`);
      const rehearsal = new Rehearsal({ environment, projectDirectory: PROJECT });
      try {
        await rehearsal.deploy();
        await rehearsal.destroy();
        expect(rehearsal.clouds.leftovers()).toEqual([]);
      } finally {
        rehearsal.close();
      }
    },
  );
});
