import { describeWithTools } from "../support/tools";
import { all, set } from "./mistakes/edits";
import { rehearsalOf } from "./rehearsals";

const identity = {
  ...{ name: "acr-identity", location: "centralus" },
  resource_group_name: "${azurerm_resource_group.group.name}",
};
const workspace = {
  ...{ name: "acr-logs", location: "centralus", sku: "PerGB2018", retention_in_days: 30 },
  resource_group_name: "${azurerm_resource_group.group.name}",
};

describeWithTools(["terraform"], "a resource type that nobody wrote a model for", () => {
  it("is planned, applied, handed on, settled and destroyed all the same", async () => {
    const rehearsal = rehearsalOf({
      mutate: (stack, json) =>
        stack === "demo-registry"
          ? all(
              set("resource/azurerm_resource_group/group", { name: "new-rg", location: "centralus" }),
              set("resource/azurerm_user_assigned_identity", { identity }),
              set("resource/azurerm_log_analytics_workspace", { logs: workspace }),
              set("output/identity", { value: "${azurerm_user_assigned_identity.identity.id}" }),
            )(json)
          : json,
    });
    const registry = rehearsal.stack("-registry");
    await rehearsal.deployStack(registry);

    const operations = rehearsal.faults.seen.filter(({ kind }) => kind === "create").map(({ type }) => type);
    expect(operations).toEqual(
      expect.arrayContaining(["azurerm_user_assigned_identity", "azurerm_log_analytics_workspace"]),
    );
    expect((await registry.terraform(["output", "-raw", "identity"])).stdout).not.toBe("");
    await rehearsal.destroyStack(registry);
    expect((await registry.terraform(["state", "list"])).stdout).toBe("");
    expect(rehearsal.clouds.leftovers()).toEqual([]);
  });
});
