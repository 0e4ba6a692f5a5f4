import { CloudError, type ProviderModel } from "../../../rehearsal/sdk/model";
import type { ProviderServer } from "../../../rehearsal/plugin/server";
import { describeWithTools } from "../../support/tools";
import { TestCloud, text } from "./clouds";
import { cleanUp, serve, Workspace } from "./workspace";

const GROUP = "azurerm_resource_group";
const REGISTRY = "azurerm_container_registry";

const group = (attributes: object = {}): Record<string, unknown> => ({
  resource: { [GROUP]: { main: { name: "group", location: "north", ...attributes } } },
});

async function serveGroups(model: ProviderModel): Promise<ProviderServer> {
  return serve("azurerm", { resources: [GROUP, REGISTRY] }, model);
}

async function workspaceWith(cloud: TestCloud, config = group()): Promise<Workspace> {
  const workspace = new Workspace(await serveGroups({ resources: { [GROUP]: cloud } }));
  await workspace.write(config);
  return workspace;
}

afterEach(cleanUp);

describeWithTools(["terraform"], "the life cycle of a resource", () => {
  test("is created as its model says, after which there is nothing left to do", async () => {
    const workspace = await workspaceWith(new TestCloud());
    await workspace.succeed("validate");
    await workspace.succeed("apply", "-auto-approve");

    expect(workspace.attributes(GROUP)).toMatchObject({ id: "/things/group", name: "group", location: "north" });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("hands what it gets at apply on to other resources", async () => {
    const registries = new TestCloud(({ name }) => ({ login_server: `${text(name)}.azurecr.io` }));
    const azurerm = await serveGroups({ resources: { [GROUP]: new TestCloud(), [REGISTRY]: registries } });
    const kubernetes = await serve("kubernetes", { resources: ["kubernetes_secret_v1"] });
    const workspace = new Workspace(azurerm, kubernetes);
    await workspace.write({
      resource: {
        [GROUP]: { main: { name: "group", location: "north" } },
        [REGISTRY]: {
          main: { name: "shop", location: "north", sku: "Basic", resource_group_name: `\${${GROUP}.main.id}` },
        },
        kubernetes_secret_v1: {
          main: { metadata: [{ name: "pull" }], data: { server: `\${${REGISTRY}.main.login_server}` } },
        },
      },
    });
    await workspace.succeed("apply", "-auto-approve");

    expect(registries.objects.get("shop")).toMatchObject({ resource_group_name: "/things/group" });
    expect(workspace.attributes("kubernetes_secret_v1")).toMatchObject({ data: { server: "shop.azurecr.io" } });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("takes defaults of attributes that the provider never computes", async () => {
    const registry = { name: "r", location: "north", sku: "Basic", resource_group_name: "g" };
    const workspace = new Workspace(await serveGroups({ resources: { [REGISTRY]: new TestCloud() } }));
    await workspace.write({ resource: { [REGISTRY]: { main: registry } } });
    await workspace.succeed("apply", "-auto-approve");

    expect(workspace.attributes(REGISTRY)).toMatchObject({ admin_enabled: false, export_policy_enabled: true });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("is updated in place", async () => {
    const cloud = new TestCloud();
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(group({ tags: { a: "b" } }));

    expect(await workspace.succeed("plan")).toContain("will be updated in-place");
    await workspace.succeed("apply", "-auto-approve");
    expect(cloud.objects.get("group")).toMatchObject({ id: "/things/group", tags: { a: "b" } });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("is replaced where the facts say so", async () => {
    const cloud = new TestCloud();
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(group({ name: "other" }));

    expect(await workspace.succeed("plan")).toMatch(/~ name + = "group" -> "other" # forces replacement/);
    await workspace.succeed("apply", "-auto-approve");
    expect([...cloud.objects.keys()]).toEqual(["other"]);
  });

  test("is destroyed", async () => {
    const cloud = new TestCloud();
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("apply", "-auto-approve");
    await workspace.succeed("destroy", "-auto-approve");

    expect(cloud.objects.size).toBe(0);
    expect(workspace.attributes(GROUP)).toBeUndefined();
  });

  test("is created anew where it has gone", async () => {
    const cloud = new TestCloud();
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("apply", "-auto-approve");
    cloud.objects.clear();

    expect(await workspace.succeed("plan")).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
  });

  test("is imported", async () => {
    const cloud = new TestCloud();
    cloud.create({ name: "group", location: "north" });
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("import", `${GROUP}.main`, "/things/group");

    expect(workspace.attributes(GROUP)).toMatchObject({ id: "/things/group", name: "group" });
    expect(await workspace.isSettled()).toBe(true);
  });

  test("survives a state with attributes of an older schema", async () => {
    const workspace = await workspaceWith(new TestCloud());
    await workspace.succeed("apply", "-auto-approve");
    workspace.editState((text) => text.replace('"attributes": {', '"attributes": { "gone": true,'));

    expect(workspace.attributes(GROUP)).toHaveProperty("gone");
    expect(await workspace.isSettled()).toBe(true);
  });

  test("is generic without a model", async () => {
    const type = "azurerm_kubernetes_cluster_node_pool";
    const workspace = new Workspace(await serve("azurerm", { resources: [type] }));
    const pool = { name: "spot", kubernetes_cluster_id: "c", vm_size: "small", spot_max_price: 0.1 };
    await workspace.write({ resource: { [type]: { main: pool } } });
    await workspace.succeed("apply", "-auto-approve");

    expect(workspace.attributes(type)).toMatchObject({ spot_max_price: 0.1, max_pods: 0 });
    expect(workspace.attributes(type)?.id).toMatch(/^azurerm_kubernetes_cluster_node_pool-[0-9a-f]{8}$/);
    expect(await workspace.isSettled()).toBe(true);
    await workspace.succeed("destroy", "-auto-approve");
  });
});

describeWithTools(["terraform"], "computed values deep inside", () => {
  test("are unknown at plan, and kept through an update", async () => {
    const type = "kubernetes_deployment_v1";
    let generation = 0;
    const deployments = {
      create: () => ({ id: "default/web", metadata: [{ uid: "u-1", generation: ++generation }] }),
      update: () => ({ metadata: [{ generation: ++generation }] }),
      delete: () => undefined,
    };
    const server = await serve("kubernetes", { resources: [type] }, { resources: { [type]: deployments } });
    const workspace = new Workspace(server);
    const deployment = (image: string): Record<string, unknown> => {
      const template = [{ metadata: [{ labels: { app: "web" } }], spec: [{ container: [{ name: "web", image }] }] }];
      const spec = [{ selector: [{ match_labels: { app: "web" } }], template }];
      return { resource: { [type]: { main: { metadata: [{ name: "web" }], spec } } } };
    };
    await workspace.write(deployment("web:v1"));
    expect(await workspace.succeed("plan")).toMatch(/\+ uid += \(known after apply\)/);
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(deployment("web:v2"));
    expect(await workspace.succeed("plan")).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
    await workspace.succeed("apply", "-auto-approve");

    expect(workspace.attributes(type)).toMatchObject({ metadata: [{ name: "web", uid: "u-1", generation: 2 }] });
    expect(await workspace.isSettled()).toBe(true);
  });
});

describeWithTools(["terraform"], "a resource that fails", () => {
  const failing = (method: "create" | "update" | "delete", error: Error): TestCloud => {
    const cloud = new TestCloud();
    cloud[method] = () => {
      throw error;
    };
    return cloud;
  };

  test("on create is not in the state", async () => {
    const workspace = await workspaceWith(failing("create", new CloudError("quota exceeded")));
    const { code, stderr } = await workspace.apply();

    expect(code).toBe(1);
    expect(stderr).toContain("Error: quota exceeded");
    expect(workspace.attributes(GROUP)).toBeUndefined();
  });

  test("on create with something left behind is tainted", async () => {
    const workspace = await workspaceWith(failing("create", new CloudError("timed out", { id: "/things/half" })));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain("Error: timed out");
    expect(workspace.attributes(GROUP)).toMatchObject({ id: "/things/half", name: "group" });
    expect(JSON.parse(workspace.state())).toMatchObject({ resources: [{ instances: [{ status: "tainted" }] }] });
  });

  test("on update keeps what it was", async () => {
    const workspace = await workspaceWith(failing("update", new CloudError("conflict")));
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(group({ tags: { a: "b" } }));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain("Error: conflict");
    expect(workspace.attributes(GROUP)).toMatchObject({ id: "/things/group", tags: {} });
  });

  test("on delete stays in the state", async () => {
    const workspace = await workspaceWith(failing("delete", new CloudError("locked")));
    await workspace.succeed("apply", "-auto-approve");
    const { stderr } = await workspace.run("destroy", "-auto-approve");

    expect(stderr).toContain("Error: locked");
    expect(workspace.attributes(GROUP)).toMatchObject({ id: "/things/group" });
  });

  test("by a fault of its model says where, with the stack", async () => {
    const workspace = await workspaceWith(failing("create", new TypeError("x is not a function")));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain("Error: azurerm_resource_group: x is not a function");
    expect(stderr).toMatch(/at .*life-cycle\.test\.ts/);
  });

  test("by a result that is not in the schema says which", async () => {
    const workspace = await workspaceWith(new TestCloud(() => ({ colour: "red" })));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain("Error: azurerm_resource_group.colour is not in the schema");
  });

  test("by a result that contradicts the plan says where", async () => {
    const workspace = await workspaceWith(new TestCloud(() => ({ location: "south" })));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain(`the model of ${GROUP} contradicts the plan: location is not what was planned`);
  });

  test("by a change that its model cannot make says so", async () => {
    const cloud = Object.assign(new TestCloud(), { update: undefined });
    const workspace = await workspaceWith(cloud);
    await workspace.succeed("apply", "-auto-approve");
    await workspace.write(group({ tags: { a: "b" } }));
    const { stderr } = await workspace.apply();

    expect(stderr).toContain("the model of azurerm_resource_group has no update");
  });

  test("at plan is rejected before anything is made", async () => {
    const cloud = Object.assign(new TestCloud(), {
      checkPlan: () => {
        throw new CloudError("the location is closed");
      },
    });
    const { code, stderr } = await (await workspaceWith(cloud)).run("plan");

    expect(code).toBe(1);
    expect(stderr).toContain("Error: the location is closed");
  });

  test("to be imported says why", async () => {
    const known = await workspaceWith(new TestCloud());
    const unknown = new Workspace(await serveGroups({}));
    await unknown.write(group());

    expect((await known.run("import", `${GROUP}.main`, "/things/x")).stderr).toContain("Error: there is no /things/x");
    expect((await unknown.run("import", `${GROUP}.main`, "/things/x")).stderr).toContain(
      `${GROUP} cannot be imported here: no model knows the object "/things/x"`,
    );
  });

  test("to be moved to another type says why", async () => {
    const workspace = await workspaceWith(new TestCloud());
    await workspace.succeed("apply", "-auto-approve");
    const registry = { name: "r", location: "north", sku: "Basic", resource_group_name: "g" };
    await workspace.write({
      resource: { [REGISTRY]: { main: registry } },
      moved: [{ from: `${GROUP}.main`, to: `${REGISTRY}.main` }],
    });

    expect((await workspace.run("plan")).stderr).toContain(
      "Moving azurerm_resource_group to azurerm_container_registry is not supported: the types differ",
    );
  });
});
