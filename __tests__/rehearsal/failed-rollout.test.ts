import { createClouds } from "../../rehearsal/clouds";
import { createProviders } from "../../rehearsal/providers";
import { describeWithTools } from "../support/tools";
import { cleanUp, serve, Workspace } from "./plugin/workspace";

const DEPLOYMENT = "kubernetes_deployment_v1";
const LABELS = { app: "web" };
const OBSERVED = "self.object.status";
const CONDITION = [
  `alltrue([for c in ${OBSERVED}.conditions : c.status == "True" if c.type == "Progressing"])`,
  `${OBSERVED}.updatedReplicas >= self.object.spec.replicas`,
].join(" && ");

/** A Deployment, and the object that it became, which has to be progressing. */
function configuration(nodeSelector: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  const pod = { container: [{ name: "web", image: "web.azurecr.io/web:v1" }], node_selector: nodeSelector };
  const template = [{ metadata: [{ labels: LABELS }], spec: [pod] }];
  const spec = [{ replicas: "1", progress_deadline_seconds: 300, selector: [{ match_labels: LABELS }], template }];
  return {
    provider: { kubernetes: { config_context: "one" } },
    resource: { [DEPLOYMENT]: { web: { metadata: [{ name: "web", namespace: "default" }], spec } } },
    data: {
      kubernetes_resource: {
        web: {
          ...{ api_version: "apps/v1", kind: "Deployment", metadata: [{ name: "web", namespace: "default" }] },
          depends_on: [`${DEPLOYMENT}.web`],
          lifecycle: { postcondition: [{ condition: `\${${CONDITION}}`, error_message: "web is not rolled out" }] },
        },
      },
    },
  };
}

async function workspaceWithCluster(): Promise<Workspace> {
  const clouds = createClouds({ now: new Date("2026-01-01T00:00:00Z"), clusters: [{ context: "one" }] });
  const subscriptionId = "00000000-0000-0000-0000-000000000000";
  clouds.arm.createGroup(subscriptionId, "rg", "westeurope");
  clouds.arm.createRegistry({
    ...{ subscriptionId, resourceGroup: "rg", name: "web", location: "westeurope", sku: "Standard", tags: {} },
    ...{ adminEnabled: false, anonymousPullEnabled: true, publicNetworkAccess: true, hasNetworkRules: false },
  });
  clouds.registries.push("web.azurecr.io", "web", "v1", `sha256:${"a".repeat(64)}`);
  const used = { resources: [DEPLOYMENT], dataSources: ["kubernetes_resource"] };
  return new Workspace(await serve("kubernetes", used, createProviders(clouds).kubernetes));
}

afterEach(cleanUp);

describeWithTools(["terraform"], "a rollout that failed", () => {
  test("stays red until it is healed, where a postcondition looks at the Deployment", async () => {
    const workspace = await workspaceWithCluster();
    await workspace.write(configuration());
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);

    await workspace.write(configuration({ disktype: "ssd" }));
    const { code, stderr } = await workspace.apply();
    expect(code).toBe(1);
    expect(stderr).toContain("Error: Deployment exceeded its progress deadline");

    const plan = await workspace.run("plan");
    expect(plan.code).toBe(1);
    expect(plan.stderr).toContain("web is not rolled out");
    expect((await workspace.run("plan", "-destroy")).code).toBe(0);

    await workspace.write(configuration());
    await workspace.succeed("apply", "-auto-approve");
    expect(await workspace.isSettled()).toBe(true);
  });

  test("is forgotten without it: the provider has stored what it could not reach", async () => {
    const workspace = await workspaceWithCluster();
    const bare = (selector?: Readonly<Record<string, string>>) => ({ ...configuration(selector), data: undefined });
    await workspace.write(bare());
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(bare({ disktype: "ssd" }));
    expect((await workspace.apply()).code).toBe(1);
    expect(await workspace.isSettled()).toBe(true);
  });
});
