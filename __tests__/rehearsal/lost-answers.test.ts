import fs from "node:fs";
import path from "node:path";
import type { Rehearsal } from "../../rehearsal";
import { PROJECT } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { rehearsalOf } from "./rehearsals";

/** What the runbook says that the next run says, by type. */
function rows(): Map<string, { says: string }> {
  const text = fs.readFileSync(path.join(PROJECT, "docs/runbook.md"), "utf8");
  const lines = text.split("\n").filter((line) => /^\| `(azure|docker|kubernetes)/.test(line));
  return new Map(
    lines.map((line) => {
      const [type = "", says = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim().replaceAll("`", ""));
      return [type, { says }];
    }),
  );
}

/** The id of what is there, for an import. */
function idOf({ clouds }: Rehearsal, type: string): string {
  const { arm, entra } = clouds;
  const [application] = entra.applications.values();
  const principal = [...entra.principals.values()].find(({ clientId }) => clientId === application?.clientId);
  const ids: Readonly<Record<string, string | undefined>> = {
    azuread_application: `/applications/${application?.objectId ?? ""}`,
    azuread_service_principal: `/servicePrincipals/${principal?.objectId ?? ""}`,
    azurerm_resource_group: arm.groups.values()[0]?.id,
    azurerm_container_registry: arm.registries.values()[0]?.id,
    azurerm_role_assignment: arm.roles.all()[0]?.id,
    kubernetes_secret_v1: "default/acrdemo2ss-secret",
    kubernetes_deployment_v1: "default/acr-app2",
    kubernetes_service_v1: "default/acr-app2",
  };
  return ids[type] ?? "";
}

const TYPES = [
  ...["azurerm_resource_group", "azurerm_container_registry", "azuread_application", "azuread_service_principal"],
  ...["azuread_application_password", "azurerm_role_assignment", "docker_image", "docker_registry_image"],
  ...["kubernetes_secret_v1", "kubernetes_deployment_v1", "kubernetes_service_v1"],
];

describeWithTools(["terraform"], "a created object whose answer got lost", () => {
  it.each(TYPES)(
    "%s: the next run does as docs/runbook.md says",
    async (type) => {
      const rehearsal = rehearsalOf({ faults: [{ kind: "lost", type, operation: "create" }] });
      let failure = "";
      for (const stack of rehearsal.stacks) {
        try {
          await rehearsal.deployStack(stack);
        } catch (error) {
          failure = String(error);
          if (type === "kubernetes_secret_v1") {
            // The check of the rollout finds no Deployment yet, and lets nothing be imported.
            rehearsal.clouds.clusters[0]?.secrets.delete("default", "acrdemo2ss-secret");
            await rehearsal.deployStack(stack);
            continue;
          }
          const [name = ""] = Object.keys(stack.stack.json.resource?.[type] ?? {});
          const { code, stdout, stderr } = await stack.terraform([
            "import",
            "-input=false",
            `${type}.${name}`,
            idOf(rehearsal, type),
          ]);
          expect(`${code} ${code === 0 ? "" : stdout + stderr}`).toBe("0 ");
          await rehearsal.deployStack(stack);
        }
      }
      expect(rehearsal.faults.struck).toHaveLength(1);
      const row = rows().get(type);
      if (row?.says === "goes on") expect(failure).toBe("");
      else expect(failure.replaceAll("`", "")).toContain(row?.says ?? "no row");
      await rehearsal.destroy();
      expect(rehearsal.clouds.leftovers()).toEqual([]);
    },
    60_000,
  );
});
