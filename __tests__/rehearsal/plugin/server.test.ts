import { CloudError, type Attributes, type Operation } from "../../../rehearsal/sdk/model";
import { reattachEnvironment } from "../../../rehearsal/plugin/server";
import { describeWithTools } from "../../support/tools";
import { TestCloud, text } from "./clouds";
import { cleanUp, serve, Workspace } from "./workspace";

const GROUP = "azurerm_resource_group";
const SECRET = "kubernetes_secret_v1";

const group = (attributes: object): Record<string, unknown> => ({ resource: { [GROUP]: { main: attributes } } });

afterEach(cleanUp);

test("a server is offered to Terraform and to OpenTofu", async () => {
  const server = await serve("azurerm", {});
  const entries = JSON.parse(reattachEnvironment([server])) as Record<string, unknown>;

  expect(Object.keys(entries)).toEqual([
    "registry.terraform.io/hashicorp/azurerm",
    "registry.opentofu.org/hashicorp/azurerm",
  ]);
  expect(entries["registry.terraform.io/hashicorp/azurerm"]).toEqual({
    ...{ Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true },
    Addr: { Network: "tcp", String: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown },
  });
});

describeWithTools(["terraform"], "Terraform rejects by the derived schemas", () => {
  test.each([
    ["an attribute of another type", { name: ["a"], location: "north" }, "Inappropriate value for attribute"],
    ["an attribute that does not exist", { name: "a", location: "north", colour: "red" }, 'named "colour"'],
    ["a missing required attribute", { name: "a" }, 'The argument "location" is required'],
    ["a second single block", { name: "a", location: "north", timeouts: [{}, {}] }, "Duplicate timeouts block"],
  ])("%s", async (_, attributes, message) => {
    const workspace = new Workspace(await serve("azurerm", { resources: [GROUP] }));
    await workspace.write(group(attributes));
    const { code, stderr } = await workspace.run("validate");

    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test.each([
    ["of a resource", { resource: { [SECRET]: { main: { metadata: [{ name: "a", uid: "u" }] } } } }, "uid"],
    ["of a data source", { data: { [SECRET]: { main: { metadata: [{ name: "a" }], type: "t" } } } }, "type"],
  ])("a value for an attribute %s that only the provider decides", async (_, config, name) => {
    const workspace = new Workspace(await serve("kubernetes", { resources: [SECRET], dataSources: [SECRET] }));
    await workspace.write(config);

    expect((await workspace.run("validate")).stderr).toContain(`Can't configure a value for "${name}"`);
  });

  test("a second block where one may occur", async () => {
    const workspace = new Workspace(await serve("azuread", { resources: ["azuread_application"] }));
    await workspace.write({ resource: { azuread_application: { main: { display_name: "a", web: [{}, {}] } } } });

    expect((await workspace.run("validate")).stderr).toContain('No more than 1 "web" blocks are allowed');
  });

  test("an output of a sensitive value that is not marked so", async () => {
    const type = "azurerm_container_registry";
    const workspace = new Workspace(await serve("azurerm", { resources: [type] }));
    await workspace.write({
      resource: { [type]: { main: { name: "r", location: "north", resource_group_name: "g", sku: "Basic" } } },
      output: { password: { value: `\${${type}.main.admin_password}` } },
    });

    expect((await workspace.run("plan")).stderr).toContain("Output refers to sensitive values");
  });
});

describeWithTools(["terraform"], "secrets", () => {
  test("that are write-only reach the model, and no plan and no state", async () => {
    const received: Attributes[] = [];
    const secrets = {
      create(_: Attributes, config: Attributes): Attributes {
        received.push(config);
        return { id: "default/pull" };
      },
      delete: () => undefined,
    };
    const server = await serve("kubernetes", { resources: [SECRET] }, { resources: { [SECRET]: secrets } });
    const workspace = new Workspace(server);
    const pull = { metadata: [{ name: "pull" }], data_wo: { password: "s3cret" }, data_wo_revision: 1 };
    await workspace.write({ resource: { [SECRET]: { main: pull } } });
    await workspace.succeed("plan", "-out=plan");
    const plan = await workspace.succeed("show", "-json", "plan");
    await workspace.succeed("apply", "plan");

    expect(received).toMatchObject([{ data_wo: { password: "s3cret" } }]);
    // The plan's own copy of the configuration has the literal; what it plans has not.
    expect(JSON.parse(plan)).toMatchObject({ resource_changes: [{ change: { after: { data_wo: null } } }] });
    expect(workspace.attributes(SECRET)).toMatchObject({ data_wo: null, data_wo_revision: 1 });
    expect(workspace.state()).not.toContain("s3cret");
  });

  test("are read from an ephemeral resource", async () => {
    const type = "azurerm_key_vault_secret";
    const received: Attributes[] = [];
    const vault = { [type]: { read: ({ name }: Attributes) => ({ value: `value of ${text(name)}` }) } };
    const azurerm = await serve("azurerm", { ephemeralResources: [type] }, { ephemeralResources: vault });
    const secrets = {
      create(_: Attributes, config: Attributes): Attributes {
        received.push(config);
        return { id: "default/pull" };
      },
      delete: () => undefined,
    };
    const kubernetes = await serve("kubernetes", { resources: [SECRET] }, { resources: { [SECRET]: secrets } });
    const workspace = new Workspace(azurerm, kubernetes);
    const data_wo = { password: `\${ephemeral.${type}.main.value}` };
    await workspace.write({
      ephemeral: { [type]: { main: { name: "acr", key_vault_id: "v" } } },
      resource: { [SECRET]: { main: { metadata: [{ name: "pull" }], data_wo, data_wo_revision: 1 } } },
    });
    await workspace.succeed("apply", "-auto-approve");

    expect(received).toMatchObject([{ data_wo: { password: "value of acr" } }]);
    expect(workspace.state()).not.toContain("value of acr");
  });
});

describeWithTools(["terraform"], "a data source", () => {
  const type = "azuread_client_config";
  const config = { data: { [type]: { me: {} } }, output: { tenant: { value: `\${data.${type}.me.tenant_id}` } } };

  test("is read from its model", async () => {
    const dataSources = { [type]: { read: () => ({ id: "me", tenant_id: "t-1" }) } };
    const workspace = new Workspace(await serve("azuread", { dataSources: [type] }, { dataSources }));
    await workspace.write(config);
    await workspace.succeed("apply", "-auto-approve");

    expect(await workspace.succeed("output", "-raw", "tenant")).toBe("t-1");
  });

  test("without a model is an error", async () => {
    const workspace = new Workspace(await serve("azuread", { dataSources: [type] }));
    await workspace.write(config);

    expect((await workspace.run("plan")).stderr).toContain("azuread_client_config has no model to read from");
  });
});

describeWithTools(["terraform"], "a server", () => {
  test("fails when its configuration is refused", async () => {
    const configure = ({ subscription_id: id }: Attributes): void => {
      throw new CloudError(`no such subscription: ${text(id)}`);
    };
    const workspace = new Workspace(await serve("azurerm", { resources: [GROUP] }, { configure }));
    const provider = { azurerm: { features: [{}], subscription_id: "s-1" } };
    await workspace.write({ ...group({ name: "a", location: "north" }), provider });

    expect((await workspace.run("plan")).stderr).toContain("Error: no such subscription: s-1");
  });

  test("lets an interceptor see and fail each operation", async () => {
    const seen: Operation[] = [];
    const server = await serve("azurerm", { resources: [GROUP] }, {}, (operation) => {
      seen.push(operation);
      if (operation.kind === "delete") {
        throw new CloudError("the network is down");
      }
      return undefined;
    });
    const workspace = new Workspace(server);
    await workspace.write(group({ name: "a", location: "north" }));
    await workspace.succeed("apply", "-auto-approve");
    const { stderr } = await workspace.run("destroy", "-auto-approve");

    expect(stderr).toContain("Error: the network is down");
    expect(seen).toEqual(["create", "read", "delete"].map((kind) => ({ provider: "azurerm", type: GROUP, kind })));
  });

  test("serves several Terraform processes at once", async () => {
    const cloud = new TestCloud();
    const server = await serve("azurerm", { resources: [GROUP] }, { resources: { [GROUP]: cloud } });
    const names = ["a", "b", "c"];
    const workspaces = await Promise.all(
      names.map(async (name) => {
        const workspace = new Workspace(server);
        await workspace.write(group({ name, location: "north" }));
        return workspace;
      }),
    );
    await Promise.all(workspaces.map((workspace) => workspace.succeed("apply", "-auto-approve")));

    expect([...cloud.objects.keys()].sort()).toEqual(names);
  });
});
