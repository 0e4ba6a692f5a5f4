import path from "node:path";
import { reattachEnvironment, serveProviders, type ProviderServer } from "../../rehearsal";
import { runProcess } from "../../terraform/process";
import { PROJECT, temporaryFolder } from "../support/synthesized";
import { describeWithTools } from "../support/tools";
import { rehearsalOf, NOON } from "../rehearsal/rehearsals";

describeWithTools(["terraform"], "acr-pull recover", () => {
  const rehearsal = rehearsalOf();
  const servers: ProviderServer[] = [];

  afterAll(() => {
    for (const server of servers) server.close();
  });

  const recover = async (...args: string[]) => {
    const env = {
      ...process.env,
      ENVIRONMENTS: "demo",
      CDKTF_OUTDIR: path.join(rehearsal.folder, "cdktf.out"),
      ARM_TENANT_ID: "",
      AZURE_CONFIG_DIR: temporaryFolder(),
      TF_REATTACH_PROVIDERS: reattachEnvironment(servers),
      TF_VAR_now: NOON.toISOString(),
      TF_VAR_present: NOON.toISOString(),
    };
    return runProcess(process.execPath, [path.join(PROJECT, "tools/acr-pull.cjs"), "recover", ...args], {
      cwd: PROJECT,
      env,
    });
  };

  beforeAll(async () => {
    const stack = rehearsal.stack("-registry");
    rehearsal.faults.add({ kind: "lost", type: "azurerm_container_registry", operation: "create" });
    await expect(rehearsal.deployStack(stack)).rejects.toThrow("already exists");
    const data = { azurerm_resource_group: {}, azurerm_resources: {} };
    servers.push(
      ...(await serveProviders(
        [stack.stack, { ...stack.stack, json: { ...stack.stack.json, data } }],
        rehearsal.clouds,
      )),
    );
  });

  const id =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acr-rg2/providers/Microsoft.ContainerRegistry/registries/acrdemo2ss";

  test("prints what to import, and changes nothing", async () => {
    const before = await rehearsal.stack("-registry").state();
    const { code, stdout, stderr } = await recover("demo-registry");
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      new RegExp(
        `^demo-registry: in no state: 1 of its resources\\n  terraform -chdir=\\S+ import 'azurerm_container_registry\\.container-registry_\\w+' '${id}'\\n`,
      ),
    );
    expect(code).toBe(1);
    expect(await rehearsal.stack("-registry").state()).toEqual(before);
  });

  test("imports it where it is told to", async () => {
    const { code, stdout, stderr } = await recover("demo-registry", "--import");
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^demo-registry: in no state: 1 of its resources\n {2}imported azurerm_container_registry\.\S+\n$/,
    );
    expect(code).toBe(0);
    await rehearsal.deployStack(rehearsal.stack("-registry"));
  });

  test("then nothing is missing any more", async () => {
    const { code, stdout } = await recover("demo-registry", "--json");
    expect(JSON.parse(stdout)).toEqual([{ stack: "demo-registry", missing: [], imported: [], orphans: [] }]);
    expect(code).toBe(0);
  });

  test("a stack that there is none of is one line", async () => {
    const { code, stderr } = await recover("demo-registri");
    expect(stderr).toMatch(/^There is no stack demo-registri[^\n]*\n$/);
    expect(code).toBe(1);
  });

  test("Terraform's refusal is told with the stack", async () => {
    const { code, stderr } = await recover("demo-identity-aksdemo2");
    expect(stderr).toMatch(/^demo-identity-aksdemo2: /);
    expect(code).toBe(1);
  });
});
