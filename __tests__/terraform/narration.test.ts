import { narrate } from "../../terraform/narration";

const line = (message: object) => JSON.stringify(message);
const diagnostic = (severity: string, more: object = {}) =>
  line({ "@message": `${severity}: Quota`, type: "diagnostic", diagnostic: { severity, summary: "Quota", ...more } });

it("tells errors with the resource and the whole message, and warnings apart", () => {
  const output = [
    diagnostic("error", { detail: "10 of 10 are used", address: "azurerm_resource_group.main" }),
    diagnostic("error"),
    diagnostic("warning", { detail: "soon" }),
  ].join("\n");
  expect(narrate(output)).toMatchObject({
    errors: [{ address: "azurerm_resource_group.main", message: "Quota\n10 of 10 are used" }, { message: "Quota" }],
    warnings: ["Quota\nsoon"],
  });
});

it("reads as Terraform's own text, plain lines first", () => {
  const output = [
    line({ "@message": "Terraform 1.11.4", type: "version" }),
    diagnostic("error", { detail: "10 of 10 are used", address: "azurerm_resource_group.main" }),
    "",
    "ended by SIGKILL",
  ].join("\n");
  expect(narrate(output).text).toBe(
    "ended by SIGKILL\nTerraform 1.11.4\nerror: Quota, with azurerm_resource_group.main\n10 of 10 are used",
  );
});

it("takes output for people as it is", () => {
  expect(narrate("Success!\n\n  done\n")).toEqual({ text: "Success!\n  done", warnings: [], errors: [] });
});
