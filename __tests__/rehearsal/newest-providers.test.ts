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
});
